package dev.nightjar.demo;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.nightjar.demo.csv.CsvColumns;
import dev.nightjar.demo.csv.CsvText;
import dev.nightjar.features.config.Binder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the planted truth, for checks. No night reads it.
 *
 * <pre>
 * settings.json         the settings it was made from
 * dirt.json             counts of rows, and of rows to be refused by reason
 * users.csv             true zone, habit, taste vector and rates of a user
 * items.csv             latent vector, popularity, quality, launch and trend of an item
 * curves.csv            user x kind of day x local hour: share of sessions, chance of an open
 * rhythms.csv           user x item bought again every period_days
 * holdout_events.csv    events of the days after the last, without broken rows
 * holdout_pushes.csv    the pushes of those days
 * </pre>
 */
final class TruthFiles {
  static final String SETTINGS = "truth/settings.json";
  static final String COUNTS = "truth/dirt.json";
  static final String USERS = "truth/users.csv";
  static final String ITEMS = "truth/items.csv";
  static final String CURVES = "truth/curves.csv";
  static final String RHYTHMS = "truth/rhythms.csv";
  static final String HOLDOUT_EVENTS = "truth/holdout_events.csv";
  static final String HOLDOUT_PUSHES = "truth/holdout_pushes.csv";

  private static final int SATURDAY = 120;

  /** Raised whenever the same settings give other bytes than before. */
  private static final int FORMAT = 1;

  private final Path directory;
  private final DemoConfig config;

  TruthFiles(Path directory, DemoConfig config) {
    this.directory = directory;
    this.config = config;
  }

  void write(
      DemoItems items,
      List<Customer> customers,
      SortedMap<String, Integer> rejected,
      Map<String, Long> totals)
      throws IOException {
    itemColumns().write(directory.resolve(ITEMS), items.all());
    userColumns().write(directory.resolve(USERS), customers);
    curveColumns()
        .write(
            directory.resolve(CURVES), customers.stream().flatMap(TruthFiles::curveHours).toList());
    rhythmColumns()
        .write(
            directory.resolve(RHYTHMS),
            customers.stream().flatMap(TruthFiles::userRhythms).toList());
    Map<String, Object> counts = new TreeMap<>(totals);
    counts.put("rejected", rejected);
    write(COUNTS, json(counts));
    write(SETTINGS, settings(config));
  }

  /** The settings as JSON: a shop of other settings is generated anew. */
  static String settings(DemoConfig config) {
    Map<String, Object> settings = new TreeMap<>(Binder.settings(config));
    settings.put("format", FORMAT);
    settings.put("first_date", config.firstDate().toString());
    settings.put("opened", config.opened().toString());
    return json(settings);
  }

  private CsvColumns<DemoItem> itemColumns() {
    LocalDate first = config.firstDate();
    return new CsvColumns<DemoItem>()
        .add("item_id", DemoItem::id)
        .add("is_consumable", item -> Boolean.toString(item.category().isConsumable()))
        .add("popularity", item -> CsvText.decimal(item.popularity()))
        .add("quality", item -> CsvText.decimal(item.quality()))
        .add("launched_on", item -> item.launched(first).toString())
        .add(
            "trend_on",
            item -> item.trendDay() < 0 ? "" : first.plusDays(item.trendDay()).toString())
        .add("vector", item -> CsvText.decimals(item.vector()));
  }

  private static CsvColumns<Customer> userColumns() {
    return new CsvColumns<Customer>()
        .add("user_id", user -> user.person().id())
        .add("zone", user -> user.person().zone().getId())
        .add("habit", user -> user.nature().curve().habit().name().toLowerCase(Locale.ROOT))
        .add("is_cold", user -> Boolean.toString(user.nature().isCold()))
        .add("sessions_per_day", user -> CsvText.decimal(user.nature().sessionsPerDay()))
        .add("pickiness", user -> CsvText.decimal(user.nature().pickiness()))
        .add("thrift", user -> CsvText.decimal(user.nature().thrift()))
        .add("open_base", user -> CsvText.decimal(user.nature().openBase()))
        .add("taste", user -> CsvText.decimals(user.nature().taste()));
  }

  /** An hour of a user's weekday, or of a day of the weekend. */
  private record CurveHour(Customer user, boolean isWeekend, int hour) {
    /** Monday's and Saturday's hours are those of their kind of day. */
    int hourOfWeek() {
      return (isWeekend ? SATURDAY : 0) + hour;
    }
  }

  private static Stream<CurveHour> curveHours(Customer user) {
    return Stream.of(false, true)
        .flatMap(
            isWeekend ->
                IntStream.range(0, 24).mapToObj(hour -> new CurveHour(user, isWeekend, hour)));
  }

  private static CsvColumns<CurveHour> curveColumns() {
    return new CsvColumns<CurveHour>()
        .add("user_id", at -> at.user().person().id())
        .add("is_weekend", at -> Boolean.toString(at.isWeekend()))
        .add("hour", at -> Integer.toString(at.hour()))
        .add("activity", at -> CsvText.decimal(at.user().nature().curve().share(at.hourOfWeek())))
        .add(
            "open_probability",
            at -> CsvText.decimal(at.user().nature().openProbability(at.hourOfWeek())));
  }

  /** A rhythm and its user. */
  private record UserRhythm(Customer user, Customer.Rhythm rhythm) {}

  private static Stream<UserRhythm> userRhythms(Customer user) {
    return user.rhythms().stream().map(rhythm -> new UserRhythm(user, rhythm));
  }

  private static CsvColumns<UserRhythm> rhythmColumns() {
    return new CsvColumns<UserRhythm>()
        .add("user_id", its -> its.user().person().id())
        .add("item_id", its -> DemoItem.id(its.rhythm().item()))
        .add("period_days", its -> CsvText.decimal(its.rhythm().periodDays()));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
  }

  private static String json(Map<String, Object> values) {
    ConfigRenderOptions options =
        ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(true);
    return ConfigValueFactory.fromMap(values).render(options);
  }
}
