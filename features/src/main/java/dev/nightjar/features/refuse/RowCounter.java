package dev.nightjar.features.refuse;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.RejectedRows;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts checked rows. */
public final class RowCounter {
  private static final String ROWS = "rows";

  /** Spark numbers the rows of each part from a multiple of two to this. */
  private static final int PART_BITS = 33;

  private RowCounter() {}

  /**
   * Counts in one job.
   *
   * @param summary rows of {@link Checked#summary}, of one input or of several
   */
  public static RuleCounts counted(Dataset<Row> summary) {
    List<Row> counted =
        summary
            .groupBy(
                RejectedRows.INPUT,
                Checked.DAY,
                Checked.REASON,
                Checked.IS_REFUSED,
                RejectedRows.FILE)
            .agg(
                count(lit(1)).as(ROWS),
                sum(Checked.DIGEST).as(Checked.DIGEST),
                min(InputTable.ROW).as(InputTable.ROW))
            .collectAsList();
    Map<String, Long> firsts = new HashMap<>();
    for (Row cell : counted) {
      Long first = cell.getAs(InputTable.ROW);
      if (first != null) {
        firsts.merge(file(cell), first, Math::min);
      }
    }
    return new RuleCounts(counted.stream().map(cell -> cell(cell, firsts)).toList());
  }

  private static String file(Row cell) {
    return Objects.requireNonNullElse(cell.getAs(RejectedRows.FILE), "");
  }

  private static RuleCounts.Cell cell(Row cell, Map<String, Long> firsts) {
    return new RuleCounts.Cell(
        InputTable.valueOf(cell.<String>getAs(RejectedRows.INPUT).toUpperCase(Locale.ROOT)),
        cell.<java.sql.Date>getAs(Checked.DAY).toLocalDate(),
        Optional.ofNullable(cell.getAs(Checked.REASON)),
        cell.getAs(Checked.IS_REFUSED),
        cell.getAs(ROWS),
        cell.getAs(Checked.DIGEST),
        file(cell),
        number(cell.getAs(InputTable.ROW), firsts.get(file(cell))));
  }

  /**
   * The number of a row in its file. Rows are numbered by the parts in which a file is read, so one
   * outside the file's first part has none.
   */
  private static OptionalLong number(Long row, Long first) {
    return row == null || row >> PART_BITS != first >> PART_BITS
        ? OptionalLong.empty()
        : OptionalLong.of(row - first + 1);
  }
}
