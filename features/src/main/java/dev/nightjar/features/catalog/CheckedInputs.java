package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.lit;

import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourcesConfig;
import java.sql.Date;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * A night's inputs other than the events, each row with the rule that it broke; read and checked
 * once, and kept until {@link #close()}.
 *
 * @param night the day in whose partition refused rows are stored
 * @param rows by input
 * @param counts of the rows; of an input that is read from the events' files, none, since its bad
 *     rows are counted there
 */
public record CheckedInputs(LocalDate night, Map<InputTable, Dataset<Row>> rows, RuleCounts counts)
    implements AutoCloseable {
  /** The inputs, in order. */
  public static final List<InputTable> INPUTS =
      List.of(InputTable.ITEMS, InputTable.USERS, InputTable.PUSHES, InputTable.SUPPRESSIONS);

  /**
   * Checks the inputs by their rules and counts them in one pass.
   *
   * @param mapped rows of each of {@link #INPUTS}; none where the shop does not give it
   */
  public static CheckedInputs of(
      Map<InputTable, Dataset<Row>> mapped, SourcesConfig sources, LocalDate night) {
    Map<InputTable, Dataset<Row>> checked = new EnumMap<>(InputTable.class);
    mapped.forEach((input, rows) -> checked.put(input, check(input, rows)));
    RuleCounts counts =
        INPUTS.stream()
            .filter(input -> !sources.isReadFromEvents(input))
            .map(input -> Checked.summary(input, checked.get(input), day(night), lit(0L)))
            .reduce(Dataset::unionByName)
            .map(RuleCounts::of)
            .orElseGet(() -> new RuleCounts(List.of()));
    return new CheckedInputs(night, checked, counts);
  }

  private static Dataset<Row> check(InputTable input, Dataset<Row> rows) {
    return InputRules.of(input).check(rows).persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Column day(LocalDate night) {
    return lit(Date.valueOf(night));
  }

  /** Stops a night one of whose inputs has more than that share of its rows refused. */
  public void requireFewRefused(double maxShare) {
    INPUTS.forEach(
        input -> counts.ofInput(input).requireFewRefused("sources." + input.key(), maxShare));
  }

  /** The checked rows of an input. */
  public Dataset<Row> of(InputTable input) {
    return rows.get(input);
  }

  /** The rows of an input that broke a rule, as {@link Checked#rejected} gives them. */
  public Dataset<Row> rejected(InputTable input) {
    return Checked.rejected(input, of(input), day(night));
  }

  /** How many those are, as they were counted. */
  public long rejectedRows(InputTable input) {
    return counts.ofInput(input).broken().rows();
  }

  /** What a person should know of the inputs, one line for each rule that rows broke. */
  public List<String> notes() {
    return INPUTS.stream().flatMap(input -> counts.notes(InputRules.of(input)).stream()).toList();
  }

  @Override
  public void close() {
    rows.values().forEach(Dataset::unpersist);
  }
}
