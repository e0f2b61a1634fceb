package dev.nightjar.pipeline.cli;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.DataException;
import dev.nightjar.features.Plural;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Nearest;
import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.cli.print.WhyPrinter;
import dev.nightjar.pipeline.night.Pipeline;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang3.StringUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import scala.jdk.javaapi.CollectionConverters;

/** {@code nightjar show}. */
@Command(
    name = "show",
    description = "Prints rows of a table, optionally of one user.",
    footer = {
      "",
      "Examples:",
      "  nightjar show push_schedule --root demo",
      "  nightjar show ranked_items --root demo --user u1000007 --limit 10",
      "  nightjar show ranked_items --root demo --user u1000007 --why",
      "  nightjar show decisions --root demo --user u1000007"
    })
final class ShowCommand extends NightCommand {
  private static final String USER_ID = "user_id";
  private static final int CELL = 48;
  private static final int ROWS = 20;
  private static final int WHY_ITEMS = 5;

  @Parameters(paramLabel = "TABLE", description = "Which table; nightjar status lists them.")
  String table;

  @Option(names = "--user", paramLabel = "U", description = "Only rows of this user.")
  String user;

  @Option(names = "--date", paramLabel = "D", description = "Which night; default: the last one.")
  LocalDate date;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most rows to print; default: 20, with --why 5.")
  Integer limit;

  @Option(
      names = "--why",
      description = {
        "With ranked_items and --user: what each feature adds to the model's raw score",
        "of the user's first items."
      })
  boolean why;

  @Override
  int work() {
    int most = most();
    try (Pipeline pipeline = open()) {
      Table schema = pipeline.table(table).orElseThrow(() -> unknown(pipeline));
      LocalDate day = date == null ? last(pipeline) : date;
      if (why) {
        new WhyPrinter(console).print(pipeline, day, user, most);
        return Errors.DONE;
      }
      Dataset<Row> rows = pipeline.warehouse().read(schema, day);
      if (user != null) {
        rows = rows.where(col(USER_ID).equalTo(requireUserColumn(schema)));
      }
      List<Row> shown = ordered(rows, schema).limit(most).collectAsList();
      console.line("%s of %s", table, day);
      console.table(
          Arrays.asList(schema.columns()), shown.stream().map(ShowCommand::cells).toList());
      if (shown.isEmpty()) {
        console.line("  (no rows%s)", user == null ? "" : " of user " + user);
      } else if (shown.size() == most) {
        console.line("  (the first %s; --limit N shows more)", Plural.of(most, "row"));
      }
    }
    return Errors.DONE;
  }

  private int most() {
    if (limit != null && limit < 1) {
      throw new ConfigProblems(List.of("--limit must be 1 or more, got " + limit));
    }
    if (why && (user == null || !table.equals(RankedItems.TABLE.name()))) {
      throw new ConfigProblems(
          List.of("--why explains a user's list; write show ranked_items --user U --why"));
    }
    if (limit != null) {
      return limit;
    }
    return why ? WHY_ITEMS : ROWS;
  }

  private static Dataset<Row> ordered(Dataset<Row> rows, Table schema) {
    List<String> keys =
        Arrays.stream(schema.columns())
            .filter(List.of(USER_ID, "rank", "hour_of_week", "send_at", "event_time")::contains)
            .toList();
    return keys.isEmpty()
        ? rows
        : rows.orderBy(
            keys.stream()
                .map(org.apache.spark.sql.functions::col)
                .toArray(org.apache.spark.sql.Column[]::new));
  }

  private ConfigProblems unknown(Pipeline pipeline) {
    if (pipeline.tables().contains(table)) {
      return new ConfigProblems(
          List.of(
              "'%s' is a model, not a table; nightjar report --date D shows its figures"
                  .formatted(table)));
    }
    List<String> known =
        pipeline.tables().stream().filter(name -> pipeline.table(name).isPresent()).toList();
    return new ConfigProblems(
        List.of(
            "table '%s' is not known; did you mean '%s'? The tables are %s"
                .formatted(
                    table, Nearest.of(table, known).orElseThrow(), String.join(", ", known))));
  }

  private String requireUserColumn(Table schema) {
    if (!Arrays.asList(schema.columns()).contains(USER_ID)) {
      throw new ConfigProblems(
          List.of("table '%s' has no column user_id; leave --user out".formatted(table)));
    }
    return user;
  }

  private LocalDate last(Pipeline pipeline) {
    List<LocalDate> dates = pipeline.warehouse().dates(table);
    if (dates.isEmpty()) {
      throw new DataException(
          "table %s has no rows under %s; run a night first, or pass the right --root"
              .formatted(table, pipeline.warehouse().storage().display(".")));
    }
    return dates.get(dates.size() - 1);
  }

  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      cells.add(StringUtils.abbreviate(text(row.get(i)), CELL));
    }
    return cells;
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      return String.valueOf(Math.round(number * 1e6) / 1e6);
    }
    if (value instanceof scala.collection.Seq<?> many) {
      return CollectionConverters.asJava(many).stream().map(ShowCommand::text).toList().toString();
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<?, ?> entries = CollectionConverters.asJava(map);
      return entries.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
          .toList()
          .toString();
    }
    return value.toString();
  }
}
