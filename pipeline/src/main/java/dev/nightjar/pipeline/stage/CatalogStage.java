package dev.nightjar.pipeline.stage;

import static org.apache.spark.sql.functions.lit;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.catalog.CatalogItems;
import dev.nightjar.features.catalog.CatalogPushes;
import dev.nightjar.features.catalog.CatalogSuppressions;
import dev.nightjar.features.catalog.CatalogUsers;
import dev.nightjar.features.catalog.InputRules;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.RejectedRows;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.warehouse.DayRows;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Lists the shop's items, users, pushes and suppressions; what is not given comes from the events.
 */
public record CatalogStage(
    SparkSession spark, ShopConfig shop, SourcesConfig sources, CleanConfig clean)
    implements Stage {
  private static final List<InputTable> LISTED =
      List.of(InputTable.ITEMS, InputTable.USERS, InputTable.PUSHES, InputTable.SUPPRESSIONS);

  @Override
  public String name() {
    return "catalog";
  }

  @Override
  public String title() {
    return "items, users, pushes, suppressions";
  }

  @Override
  public List<Output> writes() {
    List<Table> tables =
        new ArrayList<>(List.of(Items.TABLE, Users.TABLE, Pushes.TABLE, Suppressions.TABLE));
    LISTED.forEach(input -> tables.add(rejected(input)));
    return Output.tables(tables.toArray(Table[]::new));
  }

  @Override
  public List<Read> reads() {
    return List.of(History.events(clean));
  }

  @Override
  public List<String> configSections() {
    return List.of("shop", "sources", "clean.history_days");
  }

  @Override
  public Map<String, String> sourceStamps(LocalDate date) {
    return Inputs.stamps(spark, sources, date);
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    AsOf asOf = new AsOf(date, shop.zone());
    Dataset<Row> events = in.rows(History.events(clean));
    Map<InputTable, Dataset<Row>> checked = new EnumMap<>(InputTable.class);
    for (InputTable input : LISTED) {
      checked.put(input, InputRules.of(input).check(Inputs.read(spark, sources, input, date)));
    }
    RuleCounts counts = counts(checked, date);
    LISTED.forEach(
        input ->
            counts
                .ofInput(input)
                .requireFewRefused("sources." + input.key(), clean.maxRejectShare()));
    Dataset<Row> pushes = CatalogPushes.compute(checked.get(InputTable.PUSHES), asOf);
    out.write(Items.TABLE, CatalogItems.compute(checked.get(InputTable.ITEMS), events, asOf));
    out.write(
        Users.TABLE,
        CatalogUsers.compute(checked.get(InputTable.USERS), events, pushes, asOf, shop));
    out.write(Pushes.TABLE, pushes);
    out.write(
        Suppressions.TABLE,
        CatalogSuppressions.compute(checked.get(InputTable.SUPPRESSIONS), pushes, asOf));
    checked.forEach((input, rows) -> writeRejected(out, input, rows, counts, date));
    return LISTED.stream().flatMap(input -> counts.notes(InputRules.of(input)).stream()).toList();
  }

  /** Counts in one pass; what is read off the event files has its bad rows counted there. */
  private RuleCounts counts(Map<InputTable, Dataset<Row>> checked, LocalDate date) {
    return checked.entrySet().stream()
        .filter(input -> !readsTheEvents(input.getKey()))
        .map(input -> Checked.summary(input.getKey(), input.getValue(), night(date), lit(0L)))
        .reduce(Dataset::unionByName)
        .map(RuleCounts::of)
        .orElseGet(() -> new RuleCounts(List.of()));
  }

  private boolean readsTheEvents(InputTable input) {
    return sources
        .of(input)
        .filter(source -> source.path().equals(sources.events().path()))
        .isPresent();
  }

  /** Reads an input once more only where it has something wrong. */
  private static void writeRejected(
      StageOutputs out, InputTable input, Dataset<Row> checked, RuleCounts counts, LocalDate date) {
    long broken = counts.ofInput(input).broken().rows();
    out.writeDays(
        rejected(input),
        Checked.DAY,
        Checked.rejected(input, checked, night(date)),
        List.of(new DayRows(date, broken, "", Map.of())));
  }

  private static Column night(LocalDate date) {
    return lit(Date.valueOf(date));
  }

  private static Table rejected(InputTable input) {
    return RejectedRows.TABLE.part(input.key());
  }
}
