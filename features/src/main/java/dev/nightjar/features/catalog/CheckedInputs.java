package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.lit;

import dev.nightjar.features.Steps;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.RowCounter;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.table.Table;
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
 * A night's inputs other than the events, each row with the rule that it broke. Those that are
 * counted are read many times; they are kept in storage until {@link #close()}.
 *
 * @param night the day in whose partition refused rows are stored
 * @param clean the limits of the rules
 * @param rows by input
 * @param counted the inputs whose bad rows are counted here; those of an input that is read from
 *     the events' files are counted there
 */
public record CheckedInputs(
    LocalDate night,
    CleanConfig clean,
    Map<InputTable, Dataset<Row>> rows,
    List<InputTable> counted)
    implements AutoCloseable {
  /** The inputs, in order. */
  public static final List<InputTable> INPUTS =
      List.of(InputTable.ITEMS, InputTable.USERS, InputTable.PUSHES, InputTable.SUPPRESSIONS);

  /** Where the rows that broke a rule are stored. */
  public static final Table REJECTED = Checked.rejectedTable(InputTable.USERS);

  /**
   * Checks the inputs by their rules.
   *
   * @param mapped rows of each of {@link #INPUTS}; empty where the shop does not have it
   */
  public static CheckedInputs of(
      Map<InputTable, Dataset<Row>> mapped,
      SourcesConfig sources,
      CleanConfig clean,
      LocalDate night) {
    Map<InputTable, Dataset<Row>> checked = new EnumMap<>(InputTable.class);
    mapped.forEach((input, rows) -> checked.put(input, InputRules.of(input, clean).check(rows)));
    List<InputTable> counted =
        INPUTS.stream().filter(input -> !sources.isReadFromEvents(input)).toList();
    counted.forEach(input -> checked.get(input).persist(StorageLevel.MEMORY_AND_DISK()));
    return new CheckedInputs(night, clean, checked, counted);
  }

  /** Counts the rows of all inputs in one job, the first over them. */
  public RuleCounts count() {
    return counted.stream()
        .map(input -> Checked.summary(input, of(input), day(), lit(0L)))
        .reduce(Dataset::unionByName)
        .map(CheckedInputs::count)
        .orElseGet(() -> new RuleCounts(List.of()));
  }

  private static RuleCounts count(Dataset<Row> summary) {
    return Steps.step(
        summary.sparkSession().sparkContext(),
        "check and count",
        () -> RowCounter.counted(summary));
  }

  private Column day() {
    return lit(Date.valueOf(night));
  }

  /**
   * Stops a night in which somebody's no may be read wrongly: an id of a list of people that is not
   * in the file's encoding names nobody, and a quote that is not closed hides the rows after it.
   */
  private static void requireNobodyHidden(InputTable input, RuleCounts counts) {
    if (input.isPermission()) {
      counts.requireNone("sources." + input.key(), Rules.WRONG_ENCODING);
    }
    if (input.canSayNo()) {
      counts.requireNone("sources." + input.key(), InputRules.SWALLOWS);
    }
  }

  /**
   * Stops a night one of whose files has two orders of its columns, or one of whose inputs has more
   * than {@code clean.max_reject_share} of its rows refused, or of whose push log an outcome cannot
   * be read in as many: that is another format, not a bad row, and would suppress everybody or
   * nobody.
   */
  public void requireSound(RuleCounts counts) {
    for (InputTable input : INPUTS) {
      RuleCounts ofInput = counts.ofInput(input);
      ofInput.requireOneOrder("sources." + input.key());
      ofInput.requireReadableFiles("sources." + input.key());
      requireNobodyHidden(input, ofInput);
      ofInput.requireFewRefused("sources." + input.key(), clean.maxRejectShare());
    }
    counts
        .ofInput(InputTable.PUSHES)
        .requireReadableTimes("sources.pushes", clean.maxRejectShare());
  }

  /** The checked rows of an input. */
  public Dataset<Row> of(InputTable input) {
    return rows.get(input);
  }

  /** The rows of all inputs that broke a rule, as {@link Checked#rejected} gives them. */
  public Dataset<Row> rejected() {
    return INPUTS.stream()
        .map(input -> Checked.rejected(input, of(input), day()))
        .reduce(Dataset::unionByName)
        .orElseThrow();
  }

  /** What a person should know of the counts, one line for each rule that rows broke. */
  public List<String> notes(RuleCounts counts) {
    return INPUTS.stream()
        .flatMap(input -> counts.notes(InputRules.of(input, clean)).stream())
        .toList();
  }

  @Override
  public void close() {
    counted.forEach(input -> of(input).unpersist());
  }
}
