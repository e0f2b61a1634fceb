package dev.nightjar.features.catalog;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.catalog.SourcesDocumentTest.Examples;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.Configs;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourcesPage.Outcome;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Users;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Examples of rows and of values. */
final class RowExamples {
  private static final AsOf TONIGHT = new AsOf(RawFiles.D, RawFiles.SHOP.zone());
  private static final String USERS =
      "users { path = \"a.csv\", columns { user_id = u, consent = c }%s }";
  private static final String[] USER = {"user_id", "consent"};
  private static final String MULTI_LINE = ", options { multiLine = true }";

  /** An event that no rule refuses, but for what comes in place of its values. */
  private static final String EVENT = "ann,mug,view,2026-03-10 12:00:00,4.5,1";

  private static final String NOON_30 = "2026-03-10 12:30:00.0";
  private static final String NOON = "2026-03-10 12:00:00";
  private static final String KEPT = "ann mug view 4.5 1";
  private static final String HEADER = "user,item,type,time,price,quantity\n";
  private static final String EVENTS =
      """
      events {
        path = "events/{date}.csv"
        columns {
          user_id = user, item_id = item, event_type = type, event_time = time, price = price
          quantity = quantity
        }
      }
      """;
  private static final String SESSIONS =
      EVENTS.replace("columns {", "columns { session_id = session,");
  private static final String PUSHES =
      """
      pushes {
        path = "pushes.csv"
        columns { push_id = p, user_id = u, sent_at = at, opened_at = o, propensity = c }
      }
      """;

  /** Columns of inputs, by how these files name them. */
  private static final Map<String, String> COLUMNS =
      Map.of("user", "user_id", "item", "item_id", "push", "push_id", "sent", "sent_at");

  private RowExamples() {}

  static void add(Examples examples) {
    rows(examples);
    events(examples);
    copies(examples);
    others(examples);
    pushes(examples);
    ids(examples);
    times(examples);
    values(examples);
    usersOwn(examples);
  }

  private static void rows(Examples examples) {
    examples
        .line(
            "a header in mid-file whose columns are in another order than those of the file",
            files -> headed(files, "users", "user,consent,zone", "consent,user,zone"),
            files -> headed(files, "users", "user,consent,zone", "\ufeff\"consent\",\"user\",zone"),
            files -> headed(files, "suppressions", "user,reason", "reason,user"),
            files -> headed(files, "pushes", "push,user,sent", "push,sent,user"),
            files -> headed(files, "items", "item,title", "title,item"))
        .line(
            "more or fewer columns than its file, or not a JSON object; is the file truncated?",
            files -> users(files, "", "u,c\nann,true\nbob,true,1\neve").as("ann true"),
            files -> json(files, "{\"u\":\"ann\",\"c\":1}\n{\"u\":\"bob\",\"c\n").as("ann true"),
            files -> json(files, "{\"u\":\"ann\",\"c\":1}\n\"bob\"\n").as("ann true"))
        .line(
            "a header in mid-file",
            files ->
                users(files, "", "u,c\nann,true\nu,c\nbob,false\n").as("ann true", "bob false"),
            files ->
                users(files, "", "u,c\nann,true\n\ufeff\"u\",\"c\"\nbob,false\n")
                    .as("ann true", "bob false"),
            files ->
                users(files, "", "u,c\nann,true\nu,u\nbob,false\n").as("ann true", "bob false"))
        .line(
            "a line break within quotes, with multiLine",
            files -> users(files, MULTI_LINE, "u,c\n\"an\nn\",true\n").as("an\nn true"))
        .line(
            "a line break within quotes, without it",
            files -> users(files, "", "u,c\nann,\"tr\nue\"\nbob,true\n").as("ann -", "bob true"))
        .line(
            "a row that cannot be split goes on over lines, which may be rows of their own; is a quote not closed?",
            files ->
                users(files, MULTI_LINE, "u,c\nann,true\nbob,\"tr\neve,true\nmax,true\n")
                    .as("ann true"))
        .line(
            "a key that a JSON row lacks",
            files ->
                json(files, "{\"u\":\"ann\"}\n{\"u\":\"bob\",\"c\":1}").as("ann -", "bob true"))
        .line(
            "an id has letters that are not in the file's encoding; is it Latin-1? set options.encoding",
            files ->
                latin(files, USERS.formatted(""), "u,c\nJ\u00f6rg,true\nann,true\n", USER)
                    .as("ann true"))
        .line(
            "such letters in other text",
            files ->
                latin(
                        files,
                        "items { path = \"a.csv\", columns { item_id = i, title = t } }",
                        "i,t\nmug,Gr\u00fcn\n",
                        "item_id",
                        "title")
                    .as("mug Gr\ufffdn"));
  }

  /** What a night makes of a file with two headers, whose third row is the second of them. */
  private static Outcome headed(RawFiles files, String input, String header, String second) {
    String row = header.replaceAll("\\w+", "x");
    String columns =
        Arrays.stream(header.split(","))
            .map(name -> COLUMNS.getOrDefault(name, name) + " = " + name)
            .collect(Collectors.joining(", "));
    Outcome outcome =
        files
            .with("a.csv", String.join("\n", header, row, row, second, row) + "\n")
            .night("%s { path = \"a.csv\", columns { %s } }".formatted(input, columns));
    assertTrue(outcome.words().toString().contains("row 3 of "), outcome.toString());
    assertTrue(outcome.words().toString().contains("/a.csv"), outcome.toString());
    return outcome;
  }

  private static void events(Examples examples) {
    EventRows rows = new EventRows();
    examples
        .line(
            "the event time is missing or not a time of UTC, an offset or a place such as Europe/London",
            rows.with(EVENT.replace(NOON, "")),
            rows.with(EVENT.replace(NOON, NOON + " BST")),
            rows.with(EVENT.replace(NOON, "12:00:00")))
        .line(
            "no user_id, or a word of clean.not_a_user",
            rows.with(EVENT.replace("ann", " ")),
            rows.with(EVENT.replace("ann", "Guest")))
        .line("no item_id, except for search and app_open", rows.with(EVENT.replace("mug", "")))
        .line(
            "not view, search, favorite, cart, purchase, return, rating or app_open, in any case",
            rows.with(EVENT.replace("view", "glance")),
            rows.with(EVENT.replace("view", "")))
        .line(
            "the event's day is after its file's day, in whatever zone the file is cut",
            rows.with(EVENT.replace("10 12", "12 12")),
            rows.with(EVENT.replace("10 12", "11 12")))
        .line(
            "the event's day is before shop.opened, or before 1990",
            rows.with(EVENT.replace("2026", "1970")))
        .line(
            "the event is more than clean.late_days days older than its file",
            rows.with(EVENT.replace("10 12", "07 12")))
        .line(
            "price, quantity or rating is present but not a number",
            rows.with(EVENT.replace("4.5", "\"4,5\"")),
            rows.with(EVENT.replace(",1", ",1.5")))
        .line("price below 0", rows.with(EVENT.replace("4.5", "-1")))
        .line(
            "price below clean.min_price (0 accepts what is free)",
            rows.with(EVENT.replace("4.5", "0.5")))
        .line(
            "quantity of 0 or less",
            rows.with(EVENT.replace(",1", ",0")),
            rows.with(EVENT.replace(",1", ",-1")))
        .line(
            "an event without a price or a quantity, of a day before its file's or after it in another zone",
            rows.with(EVENT.replace("4.5,1", ","), "ann mug view - 1 2026-03-10"),
            rows.with("ann,,Search,2026-03-10 12:00:00,,", "ann - search - 1 2026-03-10"),
            rows.with(EVENT.replace("10 12", "08 23"), "ann mug view 4.5 1 2026-03-08"),
            rows.with(EVENT.replace("10 12", "11 11"), "ann mug view 4.5 1 2026-03-11"));
  }

  /** Rows of one file, which is read once for all of them. */
  private static final class EventRows {
    private final List<String> rows = new ArrayList<>();
    private Optional<RawFiles.Read> read = Optional.empty();

    /** A row that is refused. */
    Function<RawFiles, Outcome> with(String row) {
      int number = number(row);
      return files -> row(files, number).as();
    }

    /** A row that is kept as this. */
    Function<RawFiles, Outcome> with(String row, String kept) {
      int number = number(row);
      return files -> row(files, number).as(kept);
    }

    private int number(String row) {
      rows.add(rows.size() + "," + row);
      return rows.size() - 1;
    }

    private RawFiles.Kept row(RawFiles files, int number) {
      if (read.isEmpty()) {
        String text = "session," + HEADER + String.join("\n", rows) + "\n";
        files.with("events/2026-03-10.csv", text);
        read = Optional.of(files.read(files.source(SESSIONS), clean("min_price = 1")));
      }
      return read.orElseThrow()
          .only("session_id", String.valueOf(number))
          .kept("user_id", "item_id", "event_type", "price", "quantity", "day");
    }
  }

  private static void copies(Examples examples) {
    examples
        .line(
            "another row of the same event is kept",
            files -> event(files, "", EVENT, EVENT).as(KEPT))
        .line(
            "more views and searches in a minute or a day than a person can make",
            files ->
                event(
                        files,
                        "bot_views_per_minute = 1",
                        EVENT.replace("view", "cart"),
                        EVENT,
                        EVENT.replace("mug", "pan"))
                    .as("ann mug cart 4.5 1"));
  }

  private static void others(Examples examples) {
    examples
        .line(
            "a required column without a value, with one not of its type, or with a word of clean.not_a_user",
            files -> users(files, "", "u,c\n,true\nann,true\n").as("ann true"),
            files -> users(files, "", "u,c\nundefined,true\n").as(),
            files ->
                files
                    .with("a.csv", "i,t\n\" \",mug\n")
                    .read("items { path = \"a.csv\", columns { item_id = i, title = t } }", "title")
                    .as(),
            files -> push(files, "p1,ann,soon,,").as())
        .line(
            "a value of an optional column that is not of its type",
            files -> value(files, "price", "v", "cheap", "2").as("-", "2.0"),
            files -> value(files, "created_at", "v", "soon").as("-"),
            files ->
                files
                    .with("a.json", "{\"i\":\"mug\",\"p\":3}\n{\"i\":\"pan\",\"p\":{\"eur\":3}}\n")
                    .read(
                        "items { path = \"a.json\", format = json, columns { item_id = i, price = p } }",
                        "item_id",
                        "price")
                    .as("mug 3.0", "pan -"))
        .line(
            "several rows of an item or a user",
            files ->
                listed(
                    files,
                    "mug,old,acme,2026-03-01\nmug,new,,2026-03-02\nmug,older,,2026-02-01\n",
                    "mug new acme"),
            files ->
                listed(
                    files, "mug,old,acme,2026-03-01\nmug,new,acme,2026-03-11\n", "mug old acme"));
  }

  private static void pushes(Examples examples) {
    examples.line(
        "several rows of one push_id and user, some without sent_at; a propensity outside (0, 1]",
        files ->
            sent(
                push(
                    files,
                    "p1,ann,2026-03-09,2026-03-10 12:00:00,",
                    "p1,ann,2026-03-09,2026-03-10 11:00:00,0.5"),
                "p1 ann 2026-03-09 00:00:00.0 2026-03-10 11:00:00.0 0.5"),
        files ->
            sent(
                push(files, "p1,ann,2026-03-09,,", "p1,ann,,2026-03-10,"),
                "p1 ann 2026-03-09 00:00:00.0 2026-03-10 00:00:00.0 -"),
        files ->
            sent(
                push(files, "p1,ann,2026-03-09,,1.5", "p2,ann,2026-03-09,,0"),
                "p1 ann 2026-03-09 00:00:00.0 - -",
                "p2 ann 2026-03-09 00:00:00.0 - -"));
  }

  private static void ids(Examples examples) {
    examples
        .line(
            "blanks of Unicode around it or its quotes; characters without width, such as a BOM or U+200B, in it",
            files ->
                users(files, "", "u,c\n\u00a0ann\u2003,true\n\ufeffb\u200bob,true\n")
                    .as("ann true", "bob true"),
            files -> users(files, "", "u,c\n\ufeff\"eve\",true\n").as("eve true"))
        .line(
            "a whole number of a float column; a column of bytes; {\"$oid\": ...}",
            files -> id(files, "CAST(u AS DOUBLE)", "7", "12345678").as("12345678", "7"),
            files -> id(files, "CAST(u AS BINARY)", "ann").as("ann"),
            files -> json(files, "{\"u\":{\"$oid\":\"ann\"},\"c\":true}").as("ann true"))
        .line(
            "an id is a number that a spreadsheet or a column of floats has changed; it is used as it is",
            files ->
                id(files, "u", "1.23457E+11", "1.2345678E7", "7.0")
                    .as("1.2345678E7", "1.23457E+11", "7.0"),
            files -> id(files, "CAST(u AS FLOAT)", "123456789").as("1.23456792E8"));
  }

  private static void times(Examples examples) {
    examples
        .line(
            "a day, or a day and a time: of UTC, with an offset, with a place",
            files ->
                value(
                        files,
                        "created_at",
                        "v",
                        "2026-03-10",
                        "2026-03-10 12:30:00",
                        "2026-03-10T12:30:00Z",
                        "2026-03-10T13:30:00+01:00",
                        "2026-03-10 13:30:00+0100",
                        "2026-03-10 13:30:00 Europe/Berlin")
                    .as("2026-03-10 00:00:00.0", NOON_30, NOON_30, NOON_30, NOON_30, NOON_30))
        .line(
            "0000-00-00 ..., 0001-01-01 ..., \\N, NULL, None, NaN, NaT",
            files ->
                value(
                        files,
                        "created_at",
                        "v",
                        "0000-00-00 00:00:00",
                        "0001-01-01T00:00:00",
                        "\\N",
                        "NULL",
                        "None",
                        "NaN",
                        "NaT")
                    .as("-", "-", "-", "-", "-", "-", "-"))
        .line(
            "a count of seconds, milliseconds, microseconds, by timestamp_auto",
            files ->
                value(
                        files,
                        "created_at",
                        "timestamp_auto(v)",
                        "1773145800",
                        "1773145800000",
                        "1773145800000000")
                    .as(NOON_30, NOON_30, NOON_30))
        .line(
            "a time of day alone; letters for a zone, such as BST; a time before 1990 or after 2099; a count that no calendar has",
            files ->
                value(
                        files,
                        "created_at",
                        "v",
                        "12:30:00",
                        "2026-03-10 12:30:00 BST",
                        "2026-03-10 12:30:00 CST",
                        "1970-01-01 00:00:00",
                        "2100-01-02 00:00:00")
                    .as("-", "-", "-", "-", "-"),
            files ->
                value(
                        files,
                        "created_at",
                        "timestamp_seconds(CAST(v AS BIGINT))",
                        "1773145800000",
                        "1773145800000000000")
                    .as("-", "-"));
  }

  private static void values(Examples examples) {
    examples
        .line(
            "7, 7.0, 1e3",
            files -> value(files, "stock", "v", "7", "7.0", "1e3").as("1000", "7", "7"),
            files -> value(files, "price", "v", "7", "7.5", "1e3").as("1000.0", "7.0", "7.5"))
        .line(
            "NaN, Infinity, 4,50, n/a; a fraction of a whole number; any other boolean, such as on or 2",
            files ->
                value(files, "price", "v", "NaN", "Infinity", "4,50", "n/a").as("-", "-", "-", "-"),
            files -> value(files, "stock", "v", "7.5").as("-"),
            files -> value(files, "is_active", "v", "on", "2", "NaN").as("-", "-", "-"),
            files -> value(files, "is_active", "CAST(v AS DOUBLE)", "3", "NaN").as("-", "-"))
        .line(
            "true/false, yes/no, y/n, 1/0, 1.0/0.0, in any case and any type of column",
            files ->
                value(files, "is_active", "v", "TRUE", "yes", "Y", "1", "False", "No", "n", "0")
                    .as("false", "false", "false", "false", "true", "true", "true", "true"),
            files -> value(files, "is_active", "CAST(v AS DOUBLE)", "1", "0").as("false", "true"),
            files -> value(files, "is_active", "v", "1.0", "0.0").as("false", "true"),
            files -> value(files, "is_active", "v = 'x'", "x", "y").as("false", "true"))
        .line(
            "attributes: a map, a struct, the text of a JSON object",
            files -> value(files, "attributes", "map('a', v)", "1").as("Map(a -> 1)"),
            files -> value(files, "attributes", "named_struct('a', v)", "1").as("Map(a -> 1)"),
            files -> value(files, "attributes", "v", "{\"a\": 1}").as("Map(a -> 1)"))
        .line("blank text", files -> value(files, "title", "v", "\" \"", "\u00a0").as("-", "-"));
  }

  private static void usersOwn(Examples examples) {
    examples
        .line(
            "zone is not the exact name of an IANA zone; the shop's zone is used",
            files -> user(files, "Mars/Olympus,,", "ann UTC false - -"),
            files -> user(files, "europe/berlin,,", "ann UTC false - -"))
        .line(
            "HH:mm or HH:mm:ss, up to 24:00",
            files -> user(files, "Europe/Berlin,9:30,17:00", "ann Europe/Berlin true 09:30 17:00"),
            files -> user(files, "Asia/Tokyo,22:00:59,23:59:01", "ann Asia/Tokyo true 22:00 24:00"),
            files -> user(files, "Asia/Tokyo,0:00,24:00", "ann Asia/Tokyo true 00:00 24:00"),
            files -> user(files, "Asia/Tokyo,22:00,00:00", "ann Asia/Tokyo true 22:00 24:00"))
        .line(
            "quiet_from and quiet_to are not two different times HH:mm; the policy's quiet hours are used",
            files -> user(files, "Asia/Tokyo,22:00,", "ann Asia/Tokyo true - -"),
            files -> user(files, "Asia/Tokyo,22:00,late", "ann Asia/Tokyo true - -"),
            files -> user(files, "Asia/Tokyo,22:00,25:00", "ann Asia/Tokyo true - -"),
            files -> user(files, "Asia/Tokyo,22:00,22:00", "ann Asia/Tokyo true - -"),
            files -> user(files, "Asia/Tokyo,00:00,00:00", "ann Asia/Tokyo true - -"),
            files -> user(files, "Asia/Tokyo,0:00:00,00:00", "ann Asia/Tokyo true - -"),
            files -> user(files, "Asia/Tokyo,24:00,0:00", "ann Asia/Tokyo true - -"),
            files -> user(files, "Asia/Tokyo,24:00,24:00", "ann Asia/Tokyo true - -"),
            files -> user(files, "Asia/Tokyo,22:00:50,22:00:10", "ann Asia/Tokyo true - -"));
  }

  // ---- what the examples are made of ------------------------------------------------

  private static RawFiles.Kept users(RawFiles files, String more, String text) {
    return files.with("a.csv", text).read(USERS.formatted(more), USER);
  }

  private static RawFiles.Kept json(RawFiles files, String text) {
    return files
        .with("a.json", text)
        .read(USERS.replace("a.csv\"", "a.json\", format = json").formatted(""), USER);
  }

  private static RawFiles.Kept latin(
      RawFiles files, String config, String text, String... columns) {
    return files.with("a.csv", text.getBytes(StandardCharsets.ISO_8859_1)).read(config, columns);
  }

  private static RawFiles.Kept event(RawFiles files, String clean, String... rows) {
    return files
        .with("events/2026-03-10.csv", HEADER + String.join("\n", rows) + "\n")
        .read(EVENTS, clean(clean), "user_id", "item_id", "event_type", "price", "quantity");
  }

  private static CleanConfig clean(String over) {
    return Configs.of(CleanConfig.class, "clean", over);
  }

  /** Items with one value each, read by an expression over the column v. */
  private static RawFiles.Kept value(
      RawFiles files, String target, String expression, String... values) {
    StringBuilder text = new StringBuilder("i;v\n");
    for (int i = 0; i < values.length; i++) {
      text.append("i")
          .append(i)
          .append(";")
          .append(values[i].replaceAll("^\\{.*", quoted(values[i])))
          .append("\n");
    }
    String config =
        "items { path = \"a.csv\", options { sep = \";\" }, columns { item_id = i, %s = \"%s\" } }";
    return files.with("a.csv", text.toString()).read(config.formatted(target, expression), target);
  }

  private static String quoted(String json) {
    return "\"" + json.replace("\"", "\"\"") + "\"";
  }

  private static RawFiles.Kept id(RawFiles files, String expression, String... ids) {
    return files
        .with("a.csv", "u\n" + String.join("\n", ids) + "\n")
        .read(
            "users { path = \"a.csv\", columns { user_id = \"%s\" } }".formatted(expression),
            "user_id");
  }

  private static RawFiles.Kept push(RawFiles files, String... rows) {
    return files
        .with("pushes.csv", "p,u,at,o,c\n" + String.join("\n", rows) + "\n")
        .read(PUSHES, "push_id");
  }

  /** What the catalog makes of the pushes. */
  private static Outcome sent(RawFiles.Kept kept, String... expected) {
    Dataset<Row> pushes = CatalogPushes.compute(kept.read().checked(), TONIGHT);
    return kept.then(pushes, "push_id", "user_id", "sent_at", "opened_at", "propensity")
        .as(expected);
  }

  private static Outcome listed(RawFiles files, String rows, String expected) {
    RawFiles.Kept kept =
        files
            .with("a.csv", "i,t,b,at\n" + rows)
            .read(
                "items { path = \"a.csv\", columns { item_id = i, title = t, brand = b, updated_at = at } }",
                "item_id");
    Dataset<Row> events = CleanEvents.TABLE.empty(TestSpark.session());
    Dataset<Row> items = CatalogItems.compute(kept.read().checked(), events, TONIGHT);
    return kept.then(items, "item_id", "title", "brand").as(expected);
  }

  private static Outcome user(RawFiles files, String cells, String expected) {
    RawFiles.Kept kept =
        files
            .with("a.csv", "u,z,f,t\nann," + cells + "\n")
            .read(
                "users { path = \"a.csv\", columns { user_id = u, zone = z, quiet_from = f, quiet_to = t } }",
                "user_id");
    Dataset<Row> users =
        CatalogUsers.compute(
            kept.read().checked(),
            UserFiles.CHANGES,
            Users.TABLE.empty(TestSpark.session()),
            CleanEvents.TABLE.empty(TestSpark.session()),
            CatalogPushes.compute(RawFiles.none(InputTable.PUSHES), TONIGHT),
            Ledger.none(TestSpark.session()).consents(),
            TONIGHT,
            RawFiles.SHOP);
    return kept.then(
            users, Users.USER_ID, Users.ZONE, Users.IS_ZONE_KNOWN, Users.QUIET_FROM, Users.QUIET_TO)
        .as(expected);
  }
}
