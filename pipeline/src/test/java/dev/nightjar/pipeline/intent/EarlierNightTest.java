package dev.nightjar.pipeline.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.Soak;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.stage.StageInputs;
import dev.nightjar.pipeline.stage.StageOutputs;
import dev.nightjar.pipeline.stage.StageSpec;
import dev.nightjar.pipeline.warehouse.Provenance;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.pipeline.warehouse.Writing;
import dev.nightjar.training.ModelCard;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.model.IntentModel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An earlier night is learned from where all that it wrote belongs together, or not at all. */
final class EarlierNightTest {
  private static final LocalDate THEN = LocalDate.of(2026, 3, 1);
  private static final int DAYS = 14;
  private static final LocalDate TONIGHT = THEN.plusDays(DAYS);
  private static final ModelSettings SETTINGS = new ModelSettings(Map.of("als.rank", 8));
  private static final List<Table> CATALOG = List.of(Items.TABLE, Users.TABLE, Pushes.TABLE);
  private static final List<Table> FEATURES =
      List.of(UserFeatures.TABLE, ItemFeatures.TABLE, PairFeatures.TABLE);

  @TempDir Path root;
  private Warehouse warehouse;

  @BeforeEach
  void runTheNight() {
    warehouse =
        new Warehouse(
            TestSpark.session(),
            Storage.open(
                root.toString(), TestSpark.session().sparkContext().hadoopConfiguration()));
    write(CATALOG, List.of(), THEN);
    write(FEATURES, CATALOG, THEN);
    write(List.of(Candidates.TABLE), List.of(Users.TABLE, UserFeatures.TABLE), THEN);
    write(List.of(CleanEvents.TABLE), List.of(), TONIGHT);
    writeModel(SETTINGS.values());
  }

  private void write(List<Table> tables, List<Table> madeFrom, LocalDate date) {
    Map<String, String> inputs = new TreeMap<>();
    for (Table table : madeFrom) {
      inputs.put(
          table.name() + "/" + date, warehouse.manifest(table.name(), date).orElseThrow().run());
    }
    Writing writing = warehouse.begin(new Provenance("f", "test", inputs, Map.of()), false);
    tables.forEach(
        table -> writing.write(table, date, TestSpark.dataset(table.schema(), List.of())));
    writing.commit(1);
  }

  private void writeModel(Map<String, Object> settings) {
    Writing writing = warehouse.begin(new Provenance("f", "test", Map.of(), Map.of()), false);
    writing.writeModel(
        IntentModel.NAME,
        THEN,
        directory ->
            warehouse
                .spark()
                .range(1)
                .write()
                .parquet(new org.apache.hadoop.fs.Path(directory, "model").toString()));
    writing.writeCard(
        IntentModel.NAME,
        THEN,
        new ModelCard(
            "intent",
            THEN.toString(),
            THEN.toString(),
            Map.of(),
            settings,
            1,
            Map.of(),
            Map.of(),
            List.of()));
    writing.commit(1);
  }

  private StageInputs inputs() {
    return StageInputs.open(new Reader(), warehouse, TONIGHT);
  }

  private EarlierNight.Found found() {
    return EarlierNight.find(inputs(), TONIGHT, DAYS, ZoneOffset.UTC, SETTINGS);
  }

  @Test
  void aNightThatWasRunWholeIsFound() {
    EarlierNight.Found found = found();
    assertEquals("", found.whyNot());
    assertEquals(THEN, found.night().orElseThrow().written().snapshot().asOf().date());
  }

  @Test
  void aNightThatWasNotRunIsNotFound() {
    LocalDate other = TONIGHT.plusDays(1);
    write(List.of(CleanEvents.TABLE), List.of(), other);
    EarlierNight.Found found =
        EarlierNight.find(
            StageInputs.open(new Reader(), warehouse, other),
            other,
            DAYS,
            ZoneOffset.UTC,
            SETTINGS);
    assertEquals("the night of 2026-03-02 was not run", found.whyNot());
    assertTrue(found.night().isEmpty());
  }

  @Test
  void aNightOfOtherSettingsIsNotFound() {
    writeModel(Map.of("als.rank", 9));
    EarlierNight.Found found = found();
    assertEquals("in the night of 2026-03-01, als.rank was 9, is 8", found.whyNot());
    assertTrue(found.night().isEmpty());
  }

  /**
   * A mended day makes new users; until the night's other stages ran too, they know the old ones.
   */
  @Soak
  @Test
  void aNightThatWasRunAgainInPartIsNotFoundUntilItIsWhole() {
    for (List<Table> again : List.of(CATALOG, FEATURES)) {
      write(again, again == FEATURES ? CATALOG : List.of(), THEN);
      EarlierNight.Found found = found();
      assertEquals("the night of 2026-03-01 was run again in part", found.whyNot());
      assertTrue(found.night().isEmpty());
    }
    write(List.of(Candidates.TABLE), List.of(Users.TABLE, UserFeatures.TABLE), THEN);
    assertEquals("", found().whyNot());
  }

  /** What is learned from it is then learned again, since a stage runs again for other inputs. */
  @Test
  void aNightThatWasRunAgainIsAnotherInput() {
    Map<String, String> before = inputs().runs();
    write(List.of(Candidates.TABLE), List.of(Users.TABLE, UserFeatures.TABLE), THEN);
    Map<String, String> after = inputs().runs();
    assertEquals(before.keySet(), after.keySet());
    before.keySet().removeIf(input -> before.get(input).equals(after.get(input)));
    assertEquals(Set.of("candidates/2026-03-01"), before.keySet());
  }

  /** A stage that reads the earlier night. */
  private static final class Reader implements Stage {
    @Override
    public StageSpec spec() {
      return StageSpec.of("reader", "reads").reading(EarlierNight.reads(DAYS));
    }

    @Override
    public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
      return List.of();
    }
  }
}
