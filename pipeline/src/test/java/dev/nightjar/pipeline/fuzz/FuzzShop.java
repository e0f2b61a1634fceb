package dev.nightjar.pipeline.fuzz;

import dev.nightjar.features.source.InputTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A tiny shop whose inputs are of various formats; each row of a file has a mark of its own. */
final class FuzzShop {
  /** The night whose files are spoilt; the shop also has the night before. */
  static final LocalDate DAY = LocalDate.of(2026, 3, 3);

  /** Rows of each file. */
  static final int ROWS = 10;

  /** What a column of the source is called, the column that it fills, and ten values of it. */
  private record Filled(String name, String fills, List<String> values) {
    static Filled of(String name, String fills, String values) {
      return new Filled(name, fills, List.of(values.split("\\|", -1)));
    }
  }

  /** A raw file. */
  record RawFile(InputTable input, Form form, Path path) {}

  private static final String USERS = "ann|bob|eve|dan|ann|bob|eve|fay|gil|hal";
  private static final String EACH = "ann|bob|eve|dan|ida|joe|kim|fay|gil|hal";
  private static final String GOODS = "mug|pan|cup|mug|pan|cup|pot|jar|mug|lid";
  private static final String TIMES =
      "D 08:00:00|D 09:10:00|D 10:00:00|D 11:59:59|D 12:00:00|D 13:30:00|D 14:00:00|D 15:00:00|D 20:00:00|D 22:30:00";

  private static final Map<InputTable, List<Filled>> COLUMNS =
      Map.of(
          InputTable.EVENTS,
          List.of(
              Filled.of("user", "user_id", USERS),
              Filled.of("item", "item_id", GOODS),
              Filled.of(
                  "type",
                  "event_type",
                  "view|view|cart|purchase|view|view|favorite|cart|purchase|rating"),
              Filled.of("time", "event_time", TIMES),
              Filled.of("price", "price", "4.5|20|3|4.5|20|3|12|7.25||1"),
              Filled.of("quantity", "quantity", "1|1|2|1|1||1|3|1|1")),
          InputTable.USERS,
          List.of(
              Filled.of("user", "user_id", EACH),
              Filled.of(
                  "zone",
                  "zone",
                  "Europe/Berlin|Asia/Tokyo||UTC|Pacific/Auckland|UTC|UTC||Europe/London|UTC"),
              Filled.of("consent", "consent", "true|true|false|yes|1|0|no||true|true"),
              Filled.of("from", "quiet_from", "22:00||21:30:00|22:00||||23:00|20:00|"),
              Filled.of("to", "quiet_to", "07:00||06:00:00|08:00||||24:00|06:00|"),
              Filled.of("updated", "updated_at", TIMES)),
          InputTable.ITEMS,
          List.of(
              Filled.of("item", "item_id", "mug|pan|cup|pot|jar|lid|fork|tray|bowl|vase"),
              Filled.of("title", "title", "a mug|a pan|a cup|a pot|a jar|a lid||tray|bowl|vase"),
              Filled.of("price", "price", "4.5|20|3|12|7.25|1|2|15|6|"),
              Filled.of("stock", "stock", "5|0|100|3|2|8||1|1|40"),
              Filled.of("active", "is_active", "true|true|true|true|true|true|false||1|yes"),
              Filled.of("updated", "updated_at", TIMES)),
          InputTable.PUSHES,
          List.of(
              Filled.of("push", "push_id", "p0|p1|p2|p3|p4|p5|p6|p7|p8|p9"),
              Filled.of("user", "user_id", EACH),
              Filled.of("item", "item_id", GOODS),
              Filled.of("sent", "sent_at", TIMES),
              Filled.of("opened", "opened_at", "D 23:00:00|||||D 23:00:00||||"),
              Filled.of("left", "unsubscribed_at", "||||||D 23:10:00|||")),
          InputTable.SUPPRESSIONS,
          List.of(
              Filled.of("user", "user_id", "zoe|yan|xia|wim|vic|una|tom|sam|rob|hal"),
              Filled.of("reason", "reason", "bounced|asked|asked||law|law|asked|asked|asked|asked"),
              Filled.of("since", "since", TIMES),
              Filled.of("released", "released_at", "||D 23:30:00|||||||")));

  private final Path directory;
  private final Map<InputTable, Form> forms = new EnumMap<>(InputTable.class);
  private final List<RawFile> files = new ArrayList<>();

  /**
   * Writes the shop's files.
   *
   * @param forms of the inputs in their order
   * @param settings further lines of its config
   */
  FuzzShop(Path directory, List<Form> forms, String settings) throws IOException {
    this.directory = Files.createDirectories(directory);
    StringBuilder conf = new StringBuilder("shop.zone = \"Europe/Berlin\"\n" + settings + "\n");
    Iterator<Form> given = forms.iterator();
    for (InputTable input : InputTable.values()) {
      Form form = given.next();
      this.forms.put(input, form);
      conf.append(section(input, form));
      if (isDated(input)) {
        for (int back = input == InputTable.EVENTS ? 2 : 1; back >= 0; back--) {
          write(input, DAY.minusDays(back), "/" + DAY.minusDays(back));
        }
      } else {
        write(input, DAY.minusDays(1), "");
      }
    }
    Files.writeString(conf(), conf);
  }

  Path directory() {
    return directory;
  }

  Path conf() {
    return directory.resolve("shop.conf");
  }

  Form form(InputTable input) {
    return forms.get(input);
  }

  List<RawFile> files() {
    return files;
  }

  private static boolean isDated(InputTable input) {
    return input == InputTable.EVENTS || input == InputTable.PUSHES;
  }

  private static String section(InputTable input, Form form) {
    StringBuilder columns = new StringBuilder(input == InputTable.EVENTS ? "event_id = ref\n" : "");
    COLUMNS.get(input).forEach(c -> columns.append(c.fills() + " = \"`" + c.name() + "`\"\n"));
    return "sources.%s {\npath = ${data}\"/%1$s%s.%s\"\nformat = %3$s\n%s\ncolumns {\n%s}\n%s}\n"
        .formatted(
            input.key(),
            isDated(input) ? "/{date}" : "",
            form.format(),
            form.options(),
            columns,
            input == InputTable.EVENTS ? "" : "expect.otherwise = warn\n");
  }

  private void write(InputTable input, LocalDate day, String name) throws IOException {
    Form form = form(input);
    List<Filled> filled = COLUMNS.get(input);
    List<String> header = new ArrayList<>(List.of("ref"));
    filled.forEach(column -> header.add(column.name()));
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      List<String> cells = new ArrayList<>(List.of(RawText.mark(files.size(), row)));
      for (Filled column : filled) {
        cells.add(column.values().get(row).replace("D ", day + " "));
      }
      rows.add(cells);
    }
    Path path = directory.resolve(input.key() + name + "." + form.format());
    Files.createDirectories(path.getParent());
    Files.write(
        path,
        form == Form.PARQUET
            ? ParquetBytes.of(header, rows)
            : RawText.bytes(form.text(header, rows)));
    files.add(new RawFile(input, form, path));
  }
}
