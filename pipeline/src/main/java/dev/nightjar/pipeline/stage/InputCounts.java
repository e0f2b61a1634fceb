package dev.nightjar.pipeline.stage;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.substring;

import dev.nightjar.features.DataException;
import dev.nightjar.features.catalog.Catalog;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.RejectedInputs;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many rows of an input have something wrong.
 *
 * @param rows all of its rows
 * @param wrong the wrong ones, by reason, in the order of the reasons
 */
record InputCounts(InputTable input, long rows, List<Wrong> wrong) {
  private static final String UNKNOWN_ZONE = "unknown_zone";
  private static final int EXAMPLE_LENGTH = 120;

  /**
   * @param example text of one of the rows, cut
   */
  record Wrong(String reason, long rows, String example) {}

  /**
   * Counts in one pass.
   *
   * @param checked rows of {@link Catalog#checked} with {@link RejectedInputs#INPUT}
   */
  static List<InputCounts> of(Dataset<Row> checked) {
    Map<InputTable, List<Wrong>> cells = new EnumMap<>(InputTable.class);
    checked
        .groupBy(RejectedInputs.INPUT, RejectedInputs.REASON)
        .agg(count(lit(1)), min(substring(col(RejectedInputs.RAW), 1, EXAMPLE_LENGTH)))
        .orderBy(RejectedInputs.INPUT, RejectedInputs.REASON)
        .collectAsList()
        .forEach(
            row ->
                cells
                    .computeIfAbsent(
                        InputTable.valueOf(row.getString(0).toUpperCase(Locale.ROOT)),
                        input -> new ArrayList<>())
                    .add(new Wrong(row.getString(1), row.getLong(2), row.getString(3))));
    List<InputCounts> counts = new ArrayList<>();
    cells.forEach(
        (input, all) ->
            counts.add(
                new InputCounts(
                    input,
                    all.stream().mapToLong(Wrong::rows).sum(),
                    all.stream().filter(cell -> cell.reason() != null).toList())));
    return counts;
  }

  /**
   * Stops a night whose push log or suppressions cannot be read: it would push whom it must not.
   */
  void requireFewRefused(double maxShare) {
    List<Wrong> refused =
        wrong.stream().filter(cell -> Catalog.isRefused(cell.reason(), input)).toList();
    long sum = refused.stream().mapToLong(Wrong::rows).sum();
    double share = rows == 0 ? 0 : (double) sum / rows;
    if (share > maxShare) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%,d of %,d rows of sources.%s are refused, a share of %.3f; clean.max_reject_share is %s: %s, such as %s; mend the source, or raise the limit if this shop's files are like that",
              sum,
              rows,
              input.key(),
              share,
              maxShare,
              refused.get(0).reason(),
              refused.get(0).example()));
    }
  }

  /** A line for each reason. */
  List<String> notes() {
    return wrong.stream()
        .map(
            cell ->
                String.format(
                    Locale.ROOT,
                    "%s: %,d rows with %s, such as %s%s; all are in rejected_inputs",
                    input.key(),
                    cell.rows(),
                    cell.reason(),
                    cell.example(),
                    cell.reason().equals(UNKNOWN_ZONE) ? "; the shop's zone is used for them" : ""))
        .toList();
  }
}
