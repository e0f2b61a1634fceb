package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.DataException;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.clean.EventCleaner;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.RowCounter;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFailure;
import dev.nightjar.features.source.SourceFile;
import dev.nightjar.features.source.SourceReader;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.source.SourcesPage.Outcome;
import dev.nightjar.features.table.Consents;
import dev.nightjar.features.table.Releases;
import dev.nightjar.features.table.Suppressions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The raw files of a shop in a folder, and what a night makes of them. */
final class RawFiles {
  static final LocalDate D = LocalDate.of(2026, 3, 10);
  static final ShopConfig SHOP = Configs.shop();
  static final CleanConfig CLEAN = Configs.of(CleanConfig.class, "clean");

  private static final AsOf TONIGHT = new AsOf(D, SHOP.zone());
  private static final int PLANNED_USERS = 200;

  /** A push {@code p-annN} of each user {@code annN}. */
  private static final Dataset<Row> PLANNED =
      TestSpark.session()
          .range(PLANNED_USERS)
          .select(
              concat(lit("p-ann"), col("id")).as("push_id"),
              concat(lit("ann"), col("id")).as("user_id"));

  private final Path folder;

  RawFiles(Path folder) {
    this.folder = folder;
  }

  RawFiles with(String name, String text) {
    return with(name, text.getBytes(StandardCharsets.UTF_8));
  }

  RawFiles with(String name, byte[] content) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.write(path(name), content);
      return this;
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  // ---- one input -----------------------------------------------------------------

  /** The rows of an input after its rules, with what else there is to tell of them. */
  record Read(StructType columns, List<Row> rows, List<String> notes) {
    Dataset<Row> checked() {
      return TestSpark.dataset(columns, rows);
    }

    RuleCounts counts(InputTable input) {
      return RowCounter.counted(Checked.summary(input, checked(), lit(Date.valueOf(D)), lit(0L)));
    }

    Read only(String column, String value) {
      return new Read(
          columns, rows.stream().filter(row -> value.equals(row.getAs(column))).toList(), notes);
    }

    Kept kept(String... shown) {
      Dataset<Row> kept = checked().where(Checked.isKept());
      return new Kept(verdict(this), Optional.of(this), texts(kept, shown));
    }
  }

  /** The columns of the rows that are kept, each row as text. */
  record Kept(Outcome outcome, Optional<Read> of, List<String> rows) {
    /** The outcome, if the rows are these. */
    Outcome as(String... expected) {
      assertEquals(List.of(expected), rows, outcome.toString());
      return outcome;
    }

    Read read() {
      return of.orElseThrow(() -> new AssertionError(outcome.toString()));
    }

    /** The same with what came of the rows. */
    Kept then(Dataset<Row> made, String... columns) {
      return new Kept(outcome, of, texts(made, columns));
    }
  }

  /** Reads and checks the one input of a config. */
  Kept read(String config, String... columns) {
    return read(config, CLEAN, columns);
  }

  Kept read(String config, CleanConfig clean, String... columns) {
    List<Kept> kept = new ArrayList<>();
    Outcome outcome =
        outcome(
            () -> {
              kept.add(read(source(config), clean).kept(columns));
              return kept.get(0).outcome();
            });
    return kept.isEmpty() ? new Kept(outcome, Optional.empty(), List.of()) : kept.get(0);
  }

  /** As {@link #read}, but a night stops where too much of an input cannot be used. */
  Outcome night(String config) {
    return outcome(
        () -> {
          SourceConfig source = source(config);
          Read read = read(source, CLEAN);
          checkedInputs(Map.of()).requireSound(read.counts(source.table()));
          return verdict(read);
        });
  }

  Read read(SourceConfig source, CleanConfig clean) {
    List<String> notes = new ArrayList<>();
    Dataset<Row> mapped = SourceReader.read(TestSpark.session(), source, files(source), notes::add);
    Dataset<Row> checked =
        source.table() == InputTable.EVENTS
            ? EventCleaner.check(
                mapped, D.minusDays(3).datesUntil(D.plusDays(2)).toList(), D, SHOP, clean)
            : InputRules.of(source.table(), clean).check(mapped);
    return new Read(checked.schema(), checked.collectAsList(), notes);
  }

  List<SourceFile> files(SourceConfig source) {
    return SourceReader.files(TestSpark.session(), source, D.minusDays(9), D);
  }

  SourceConfig source(String config) {
    return sources(config).inputs().values().iterator().next();
  }

  SourcesConfig sources(String config) {
    return SourcesConfig.from(
        Configs.section("sources", config.replace("path = \"", "path = \"" + folder + "/")));
  }

  private static Outcome verdict(Read read) {
    List<String> refused = reasons(read, true);
    List<String> used = reasons(read, false);
    List<String> words = new ArrayList<>(read.notes());
    words.addAll(refused);
    words.addAll(used);
    boolean isWhole = used.isEmpty() || used.equals(List.of("altered_id"));
    String verdict = !refused.isEmpty() ? "refused" : isWhole ? "read" : "used without it";
    return new Outcome(verdict, words);
  }

  private static List<String> reasons(Read read, boolean isRefused) {
    return read.rows().stream()
        .map(row -> row.<Row>getAs(Checked.BROKEN))
        .filter(Objects::nonNull)
        .filter(broken -> broken.<Boolean>getAs("is_refused") == isRefused)
        .map(broken -> broken.<String>getAs("reason"))
        .distinct()
        .sorted()
        .toList();
  }

  private static List<String> texts(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream()
        .map(
            row ->
                Stream.iterate(0, i -> i < row.size(), i -> i + 1)
                    .map(i -> row.isNullAt(i) ? "-" : String.valueOf(row.get(i)))
                    .collect(Collectors.joining(" ")))
        .sorted()
        .toList();
  }

  /** What a failure is to the operator; as the command line tells it. */
  static Outcome outcome(Callable<Outcome> night) {
    try {
      return night.call();
    } catch (ConfigProblems problems) {
      return new Outcome("stops, exit 2", problems.messages());
    } catch (DataException data) {
      return new Outcome("stops, exit 3", List.of(data.getMessage()));
    } catch (Exception failed) {
      DataException source =
          SourceFailure.explain(failed)
              .orElseThrow(() -> new AssertionError("a bug: " + failed, failed));
      return new Outcome("stops, exit 3", List.of(source.getMessage()));
    }
  }

  // ---- permission ------------------------------------------------------------------

  /** Who said no after a night with these files and an earlier night's ledger. */
  Ledger ledger(String config, Ledger before) {
    SourcesConfig sources = sources(config);
    UserFiles users =
        sources
            .of(InputTable.USERS)
            .map(source -> UserFiles.of(source, files(source)))
            .orElse(UserFiles.CHANGES);
    Ledger ledger = Ledger.compute(inputs(sources), PLANNED, users, before, TONIGHT, SHOP);
    return new Ledger(
        kept(Consents.TABLE.schema(), ledger.consents()),
        kept(Suppressions.TABLE.schema(), ledger.suppressions()),
        kept(Releases.TABLE.schema(), ledger.releases()));
  }

  private static Dataset<Row> kept(StructType schema, Dataset<Row> rows) {
    return TestSpark.dataset(schema, rows.collectAsList());
  }

  CheckedInputs inputs(SourcesConfig sources) {
    Map<InputTable, Dataset<Row>> rows = new EnumMap<>(InputTable.class);
    sources.inputs().forEach((input, source) -> rows.put(input, read(source, CLEAN).checked()));
    return checkedInputs(rows);
  }

  private static CheckedInputs checkedInputs(Map<InputTable, Dataset<Row>> read) {
    Map<InputTable, Dataset<Row>> rows = new EnumMap<>(InputTable.class);
    for (InputTable input : CheckedInputs.INPUTS) {
      rows.put(input, Optional.ofNullable(read.get(input)).orElseGet(() -> none(input)));
    }
    return new CheckedInputs(D, CLEAN, rows, List.of());
  }

  /** No rows of an input, checked. */
  static Dataset<Row> none(InputTable input) {
    return InputRules.of(input, CLEAN).check(SourceReader.none(TestSpark.session(), input));
  }

  /** Whether a user has consent. */
  static Outcome consent(Ledger ledger, String user) {
    List<Row> said =
        ledger
            .consents()
            .where(col("user_id").equalTo(user))
            .select(CatalogConsents.hasConsent(SHOP.consentByDefault()))
            .collectAsList();
    boolean has = said.isEmpty() ? SHOP.consentByDefault() : said.get(0).getBoolean(0);
    return new Outcome(has ? "consent" : "no consent", List.of());
  }

  /**
   * Whether a user is suppressed.
   *
   * @param expected why and since when; empty where not
   */
  static Outcome suppression(Ledger ledger, String user, String expected) {
    List<String> found =
        texts(ledger.suppressions().where(col("user_id").equalTo(user)), "reason", "since");
    assertEquals(expected.isEmpty() ? List.of() : List.of(expected), found);
    return new Outcome(found.isEmpty() ? "not suppressed" : "suppressed", List.of());
  }
}
