package dev.nightjar.demo;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes what was planted, for those who check; {@link DemoTruth} says what is in each file. */
final class TruthFiles {
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
      List<Shopper> shoppers,
      SortedMap<String, Integer> rejected,
      Map<String, Long> totals)
      throws IOException {
    writeItems(items);
    writeUsers(shoppers);
    writeCurves(shoppers);
    writeRhythms(shoppers);
    Map<String, Object> counts = new TreeMap<>(totals);
    counts.put("rejected", rejected);
    write(DemoTruth.COUNTS, json(counts));
    write(DemoTruth.SETTINGS, settings(config));
  }

  /** The settings as JSON: what tells whether a shop must be generated anew. */
  static String settings(DemoConfig config) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("format", FORMAT);
    settings.put("users", config.users());
    settings.put("items", config.items());
    settings.put("days", config.days());
    settings.put("holdout_days", config.holdoutDays());
    settings.put("first_date", config.firstDate().toString());
    settings.put("last_date", config.lastDate().toString());
    settings.put("zone", config.zone().getId());
    settings.put("opened", config.opened().toString());
    settings.put("seed", config.seed());
    settings.put("sessions_per_day", config.sessionsPerDay());
    settings.put("pushes_per_week", config.pushesPerWeek());
    settings.put("dirt_share", config.dirtShare());
    return json(settings);
  }

  private void writeItems(DemoItems items) throws IOException {
    List<String> header =
        List.of(
            "item_id",
            "is_consumable",
            "popularity",
            "quality",
            "launched_on",
            "trend_on",
            "vector");
    try (CsvFile file = new CsvFile(directory.resolve(DemoTruth.ITEMS), header)) {
      for (int item = 0; item < items.size(); item++) {
        int trend = items.trendDay(item);
        file.row(
            DemoItems.id(item),
            Boolean.toString(items.category(item).isConsumable()),
            CsvFile.decimal(items.popularity(item)),
            CsvFile.decimal(items.quality(item)),
            items.launched(item, config.firstDate()).toString(),
            trend < 0 ? "" : config.firstDate().plusDays(trend).toString(),
            CsvFile.decimals(items.vector(item)));
      }
    }
  }

  private void writeUsers(List<Shopper> shoppers) throws IOException {
    List<String> header =
        List.of(
            "user_id",
            "zone",
            "habit",
            "is_cold",
            "sessions_per_day",
            "pickiness",
            "thrift",
            "open_base",
            "taste");
    try (CsvFile file = new CsvFile(directory.resolve(DemoTruth.USERS), header)) {
      for (Shopper shopper : shoppers) {
        Nature nature = shopper.nature;
        file.row(
            shopper.person.id(),
            shopper.person.zone().getId(),
            nature.curve.habit().name().toLowerCase(java.util.Locale.ROOT),
            Boolean.toString(nature.isCold()),
            CsvFile.decimal(nature.sessionsPerDay),
            CsvFile.decimal(nature.pickiness),
            CsvFile.decimal(nature.thrift),
            CsvFile.decimal(nature.openBase),
            CsvFile.decimals(nature.taste));
      }
    }
  }

  private void writeCurves(List<Shopper> shoppers) throws IOException {
    List<String> header = List.of("user_id", "is_weekend", "hour", "activity", "open_probability");
    try (CsvFile file = new CsvFile(directory.resolve(DemoTruth.CURVES), header)) {
      for (Shopper shopper : shoppers) {
        // Monday's and Saturday's hours stand for those of their kind of day.
        for (int firstHour : new int[] {0, 120}) {
          for (int hour = 0; hour < 24; hour++) {
            file.row(
                shopper.person.id(),
                Boolean.toString(firstHour > 0),
                Integer.toString(hour),
                CsvFile.decimal(shopper.nature.curve.share(firstHour + hour)),
                CsvFile.decimal(shopper.nature.openProbability(firstHour + hour)));
          }
        }
      }
    }
  }

  private void writeRhythms(List<Shopper> shoppers) throws IOException {
    List<String> header = List.of("user_id", "item_id", "period_days");
    try (CsvFile file = new CsvFile(directory.resolve(DemoTruth.RHYTHMS), header)) {
      for (Shopper shopper : shoppers) {
        for (Shopper.Rhythm rhythm : shopper.rhythms) {
          file.row(
              shopper.person.id(), DemoItems.id(rhythm.item), CsvFile.decimal(rhythm.periodDays));
        }
      }
    }
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
