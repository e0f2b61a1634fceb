package dev.nightjar.pipeline.stage;

import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.catalog.Catalog;
import dev.nightjar.features.catalog.CheckedInputs;
import dev.nightjar.features.catalog.Ledger;
import dev.nightjar.features.catalog.Unusual;
import dev.nightjar.features.catalog.UserFiles;
import dev.nightjar.features.catalog.UsualCounts;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.table.Consents;
import dev.nightjar.features.table.InputCounts;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PushLog;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Releases;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.warehouse.DayRows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Builds the shop's items, users, pushes and suppressions from its inputs and its events. */
public record CatalogStage(
    SparkSession spark, ShopConfig shop, SourcesConfig sources, CleanConfig clean)
    implements Stage {
  /** What the nights of the last week read of their inputs. */
  private static final Read.Rows COUNTS_BEFORE = Read.nightsBefore(InputCounts.TABLE, 7);

  /** Who was meant by a push that the log names without its user. */
  private static final Read.Rows PLANNED_LATELY = Read.nightsBefore(PushSchedule.TABLE, 30);

  private static final Read.Rows LOGGED_LATELY = Read.nightsBefore(Pushes.TABLE, 30);

  private static final Read.Newest USERS = Read.newestBefore(Users.TABLE);

  private static final Read.Newest CONSENTS = Read.newestBefore(Consents.TABLE);
  private static final Read.Newest SUPPRESSIONS = Read.newestBefore(Suppressions.TABLE);
  private static final Read.Newest RELEASES = Read.newestBefore(Releases.TABLE);

  @Override
  public StageSpec spec() {
    return StageSpec.of("catalog", "items, users, pushes, suppressions")
        .reading(
            List.of(
                History.events(clean),
                COUNTS_BEFORE,
                PLANNED_LATELY,
                LOGGED_LATELY,
                USERS,
                CONSENTS,
                SUPPRESSIONS,
                RELEASES))
        .writing(Items.TABLE, Users.TABLE, Pushes.TABLE, PushLog.TABLE, Suppressions.TABLE)
        .writing(Consents.TABLE, Releases.TABLE, InputCounts.TABLE)
        .writing(CheckedInputs.REJECTED)
        .dependingOn("shop", "sources", "clean");
  }

  @Override
  public Map<String, String> sourceStamps(LocalDate date) {
    return ReadWith.of(sources, clean).mark(Inputs.stamps(spark, sources, date));
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    List<String> notes = new ArrayList<>();
    Map<String, String> inLedger = ReadWith.of(sources, clean).same(in.sources(CONSENTS));
    Map<InputTable, Dataset<Row>> read = Inputs.read(spark, sources, date, inLedger, notes::add);
    try (CheckedInputs inputs = CheckedInputs.of(read, sources, clean, date)) {
      RuleCounts counts = inputs.count();
      inputs.requireSound(counts);
      notes.addAll(unusual(in, counts, date));
      notes.addAll(inputs.notes(counts));
      Catalog catalog = catalog(in, out, inputs, date);
      out.write(Items.TABLE, catalog.items());
      out.write(Users.TABLE, catalog.users());
      out.write(Pushes.TABLE, catalog.pushes());
      out.write(PushLog.TABLE, catalog.pushLog());
      out.write(Consents.TABLE, catalog.ledger().consents());
      out.write(Releases.TABLE, catalog.ledger().releases());
      out.write(Suppressions.TABLE, catalog.ledger().suppressions());
      out.write(InputCounts.TABLE, UsualCounts.table(spark, counts, date));
      out.writeDays(
          CheckedInputs.REJECTED,
          Checked.DAY,
          inputs.rejected(),
          List.of(new DayRows(date, counts.broken().rows(), "", Map.of())));
      catalog.unknownSuppressed(inputs).ifPresent(notes::add);
      return notes;
    }
  }

  private List<String> unusual(StageInputs in, RuleCounts counts, LocalDate date) {
    List<Unusual> unusual = new ArrayList<>(Inputs.old(spark, sources, date, shop.zone()));
    unusual.addAll(UsualCounts.compare(sources, counts, in.rows(COUNTS_BEFORE), date));
    return Unusual.require(unusual);
  }

  /**
   * Whether the night's ledger was made before, by the same mapping: the files that it was made
   * from may be gone, and what they said is not forgotten. By another one it may have been wrong.
   */
  private boolean isRunAgain(StageOutputs out, LocalDate date) {
    ReadWith mapping = ReadWith.of(sources, clean);
    return out.current(Consents.TABLE.name(), date)
        .filter(made -> mapping.same(made.sources()).size() == made.sources().size())
        .isPresent();
  }

  private static Ledger tonight(StageOutputs out) {
    return new Ledger(
        out.currentRows(Consents.TABLE),
        out.currentRows(Suppressions.TABLE),
        out.currentRows(Releases.TABLE));
  }

  /** What tonight's first run knew of users, else the last night. */
  private static Dataset<Row> usersAgain(StageInputs in, StageOutputs out) {
    Dataset<Row> tonight = out.currentRows(Users.TABLE);
    return tonight.unionByName(
        in.rows(USERS).join(tonight, new String[] {Users.USER_ID}, "left_anti"));
  }

  private Catalog catalog(StageInputs in, StageOutputs out, CheckedInputs inputs, LocalDate date) {
    UserFiles files =
        sources
            .of(InputTable.USERS)
            .map(source -> UserFiles.of(source, Inputs.files(spark, source, date)))
            .orElse(UserFiles.CHANGES);
    Ledger lastNight = new Ledger(in.rows(CONSENTS), in.rows(SUPPRESSIONS), in.rows(RELEASES));
    boolean isRunAgain = isRunAgain(out, date);
    return Catalog.compute(
        inputs,
        in.rows(History.events(clean)),
        in.rows(PLANNED_LATELY)
            .select(PushSchedule.PUSH_ID, PushSchedule.USER_ID)
            .unionByName(in.rows(LOGGED_LATELY).select(Pushes.PUSH_ID, Pushes.USER_ID)),
        files,
        isRunAgain ? usersAgain(in, out) : in.rows(USERS),
        isRunAgain ? lastNight.plus(tonight(out)) : lastNight,
        new AsOf(date, shop.zone()),
        shop);
  }
}
