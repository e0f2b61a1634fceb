package dev.nightjar.pipeline.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.catalog.Catalog;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.RejectedInputs;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Users;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

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
    return Output.tables(
        Items.TABLE, Users.TABLE, Pushes.TABLE, Suppressions.TABLE, RejectedInputs.TABLE);
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
    Map<InputTable, Dataset<Row>> mapped = new EnumMap<>(InputTable.class);
    LISTED.forEach(input -> mapped.put(input, Inputs.read(spark, sources, input, date)));
    Dataset<Row> pushes = Catalog.pushes(mapped.get(InputTable.PUSHES), asOf);
    List<InputCounts> counts = InputCounts.of(checked(mapped));
    counts.forEach(input -> input.requireFewRefused(clean.maxRejectShare()));
    out.write(Items.TABLE, Catalog.items(mapped.get(InputTable.ITEMS), events, asOf));
    out.write(Users.TABLE, Catalog.users(mapped.get(InputTable.USERS), events, pushes, asOf, shop));
    out.write(Pushes.TABLE, pushes);
    out.write(
        Suppressions.TABLE,
        Catalog.suppressions(mapped.get(InputTable.SUPPRESSIONS), pushes, asOf));
    out.write(RejectedInputs.TABLE, wrong(mapped, counts));
    return counts.stream().flatMap(input -> input.notes().stream()).toList();
  }

  /** Reads once more only the inputs that have something wrong. */
  private Dataset<Row> wrong(Map<InputTable, Dataset<Row>> mapped, List<InputCounts> counts) {
    Map<InputTable, Dataset<Row>> inputs = new EnumMap<>(mapped);
    counts.stream()
        .filter(count -> count.wrong().isEmpty())
        .forEach(count -> inputs.remove(count.input()));
    return checked(inputs).where(col(RejectedInputs.REASON).isNotNull());
  }

  private Dataset<Row> checked(Map<InputTable, Dataset<Row>> mapped) {
    return mapped.entrySet().stream()
        .filter(input -> !readsTheEvents(input.getKey()))
        .map(
            input ->
                Catalog.checked(input.getValue(), input.getKey())
                    .withColumn(RejectedInputs.INPUT, lit(input.getKey().key())))
        .reduce(Dataset::unionByName)
        .orElseGet(() -> spark.createDataFrame(List.of(), RejectedInputs.SCHEMA))
        .select(
            Arrays.stream(RejectedInputs.TABLE.columns())
                .map(functions::col)
                .toArray(Column[]::new));
  }

  /** What is read off the event files has its bad rows refused there. */
  private boolean readsTheEvents(InputTable input) {
    return sources
        .of(input)
        .filter(source -> source.path().equals(sources.events().path()))
        .isPresent();
  }
}
