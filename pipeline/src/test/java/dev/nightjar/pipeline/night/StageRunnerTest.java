package dev.nightjar.pipeline.night;

import static dev.nightjar.features.table.TableColumn.optional;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.nightjar.features.Steps;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import dev.nightjar.pipeline.JobNames;
import dev.nightjar.pipeline.stage.Read;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.stage.StageInputs;
import dev.nightjar.pipeline.stage.StageOutputs;
import dev.nightjar.pipeline.stage.StageSpec;
import dev.nightjar.pipeline.warehouse.Provenance;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.pipeline.warehouse.Writing;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage gets what it declares, and is run again when any of it changes. */
final class StageRunnerTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 10);
  private static final Table USERS = table("users");
  private static final Table ORDERS = table("orders");
  private static final Table GREETED = table("greeted");
  private static final Table OTHER = table("other");
  private static final Read.Rows TONIGHT = Read.tonight(USERS);
  private static final Read.Rows LAST_DAYS = Read.lastDays(ORDERS, 3);
  private static final Read.Rows BEFORE = Read.nightsBefore(GREETED, 2);
  private static final Read.LastCard LAST_CARD = Read.lastCard(GREETED, 2, "profile");

  @TempDir Path root;
  private Warehouse warehouse;

  private static Table table(String name) {
    TableColumns columns = new TableColumns();
    columns.add(optional("user_id", StringType, "who"));
    return columns.table(name, 1, "one user", Table.KNOWN);
  }

  @BeforeEach
  void writeWhatTheStageReads() {
    warehouse =
        new Warehouse(
            TestSpark.session(),
            Storage.open(
                root.toString(), TestSpark.session().sparkContext().hadoopConfiguration()));
    write(USERS, NIGHT, "");
    write(ORDERS, NIGHT.minusDays(2), "");
    write(ORDERS, NIGHT, "");
    write(OTHER, NIGHT, "");
  }

  private void write(Table table, LocalDate date, String profile) {
    Writing writing = warehouse.begin(new Provenance("f", "test", Map.of(), Map.of()), false);
    writing.write(
        table, date, TestSpark.dataset(table.schema(), List.of(RowFactory.create("ann"))));
    writing.writeCard(table.name(), date, Map.of("profile", profile, "run", Math.random()));
    writing.commit(1);
  }

  /** Copies its users; {@code act} is what else it does. */
  private record Greeting(List<Read> reads, BiConsumer<StageInputs, StageOutputs> act)
      implements Stage {
    @Override
    public StageSpec spec() {
      return StageSpec.of("greeting", "greets the users").reading(reads).writing(GREETED);
    }

    @Override
    public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
      act.accept(in, out);
      out.write(GREETED, in.rows(TONIGHT));
      return List.of();
    }
  }

  private StageOutcome.Status run(List<Read> reads, BiConsumer<StageInputs, StageOutputs> act) {
    StageRunner.Listener nobody =
        new StageRunner.Listener() {
          @Override
          public void started(Stage stage, int position, int of) {}

          @Override
          public void ended(StageOutcome outcome) {}
        };
    return new StageRunner(warehouse, ConfigFactory.empty(), nobody)
        .run(List.of(new Greeting(reads, act)), NIGHT, false)
        .get(0)
        .status();
  }

  private StageOutcome.Status run(Read... reads) {
    return run(List.of(reads), (in, out) -> {});
  }

  private String refused(BiConsumer<StageInputs, StageOutputs> act) {
    return assertThrows(IllegalStateException.class, () -> run(List.of(TONIGHT), act)).getMessage();
  }

  @Test
  void aStageThatReadsWhatItDoesNotDeclareFails() {
    assertEquals(
        "stage greeting reads other of 2026-03-10..2026-03-10, which it does not declare; add it to spec()",
        refused((in, out) -> in.rows(Read.tonight(OTHER))));
    assertEquals(
        "stage greeting reads users of 2026-03-09..2026-03-10, which it does not declare; add it to spec()",
        refused((in, out) -> in.rows(Read.lastDays(USERS, 2))),
        "more days than are declared");
    assertTrue(refused((in, out) -> in.directory(Read.model("model"))).contains("reads model of"));
    assertTrue(refused((in, out) -> in.card(LAST_CARD)).contains("reads greeted of"));
  }

  @Test
  void aStageThatWritesWhatItDoesNotDeclareFails() {
    assertEquals(
        "stage greeting writes other, which it does not declare; add it to spec()",
        refused((in, out) -> out.write(OTHER, in.rows(TONIGHT))));
    assertTrue(warehouse.manifest(GREETED.name(), NIGHT).isEmpty(), "nothing of it counts");
  }

  @Test
  void aStageIsRunAgainWhenAnyOfItsInputsChanges() {
    Read[] all = {TONIGHT, LAST_DAYS, BEFORE, LAST_CARD};
    assertEquals(StageOutcome.Status.DONE, run(all));
    assertEquals(StageOutcome.Status.SKIPPED, run(all), "nothing changed");
    write(OTHER, NIGHT, "");
    assertEquals(StageOutcome.Status.SKIPPED, run(all), "a table that it does not read");
    write(USERS, NIGHT, "");
    assertEquals(StageOutcome.Status.DONE, run(all), "rows of the night");
    write(ORDERS, NIGHT.minusDays(1), "");
    assertEquals(StageOutcome.Status.DONE, run(all), "a day between");
    write(ORDERS, NIGHT.minusDays(3), "");
    assertEquals(StageOutcome.Status.SKIPPED, run(all), "a day before those that it reads");
    write(GREETED, NIGHT.minusDays(1), "");
    assertEquals(StageOutcome.Status.DONE, run(all), "a night before");
    assertEquals(StageOutcome.Status.SKIPPED, run(all));
  }

  @Test
  void aCardCountsByWhatItHoldsAndNotByTheRunThatWroteIt() {
    write(GREETED, NIGHT.minusDays(1), "tall");
    assertEquals(StageOutcome.Status.DONE, run(TONIGHT, LAST_CARD));
    write(GREETED, NIGHT.minusDays(1), "tall");
    assertEquals(StageOutcome.Status.SKIPPED, run(TONIGHT, LAST_CARD), "another run, alike");
    write(GREETED, NIGHT.minusDays(2), "small");
    assertEquals(StageOutcome.Status.SKIPPED, run(TONIGHT, LAST_CARD), "not the last night");
    write(GREETED, NIGHT.minusDays(1), "small");
    assertEquals(StageOutcome.Status.DONE, run(TONIGHT, LAST_CARD));
  }

  @Test
  void theJobsOfAStageBearItsName() throws Exception {
    SparkContext context = TestSpark.session().sparkContext();
    Set<String> names =
        JobNames.during(
            context,
            () ->
                run(
                    List.of(TONIGHT),
                    (in, out) ->
                        Steps.run(
                            context,
                            "count",
                            () -> {
                              // the small side of a join is broadcast by another thread
                              in.rows(TONIGHT).join(broadcast(in.rows(TONIGHT)), "user_id").count();
                            })));
    assertEquals(Set.of("greeting: count", "greeting: write greeted"), names);
    assertNull(context.getLocalProperty("spark.job.description"), "the former name is back");
  }
}
