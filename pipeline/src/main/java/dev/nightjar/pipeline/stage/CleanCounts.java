package dev.nightjar.pipeline.stage;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.RejectedEvents;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How many checked rows each day has, by reason.
 *
 * @param cells one for each (day, reason) that occurs
 */
record CleanCounts(List<Cell> cells) {
  private static final String KEPT = "";
  private static final int EXAMPLE_LENGTH = 160;

  /**
   * Rows of one day and reason.
   *
   * @param day the day
   * @param reason why they were refused; empty for rows that were kept
   * @param rows how many
   * @param digest order-free digest of the kept rows' columns, or of the raw text of refused ones
   * @param example raw text of one of them, cut
   * @param source file of one of them
   */
  record Cell(LocalDate day, String reason, long rows, long digest, String example, String source) {
    boolean isKept() {
      return reason.equals(KEPT);
    }
  }

  /** Counts in one job. */
  static CleanCounts of(Dataset<Row> checked) {
    Column[] content =
        Stream.concat(
                Arrays.stream(CleanEvents.TABLE.columns()).map(functions::col),
                Stream.of(col(RejectedEvents.RAW)))
            .toArray(Column[]::new);
    List<Row> rows =
        checked
            .groupBy(col("day"), coalesce(col(RejectedEvents.REASON), lit(KEPT)).as("reason"))
            .agg(
                count(lit(1)),
                functions.sum(xxhash64(content)),
                min(substring(col(RejectedEvents.RAW), 1, EXAMPLE_LENGTH)),
                min(col(RejectedEvents.SOURCE_PATH)))
            .collectAsList();
    return new CleanCounts(
        rows.stream()
            .map(
                row ->
                    new Cell(
                        row.getDate(0).toLocalDate(),
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5)))
            .sorted(Comparator.comparing(Cell::day).thenComparing(Cell::reason))
            .toList());
  }

  long total() {
    return cells.stream().mapToLong(Cell::rows).sum();
  }

  long refused() {
    return cells.stream().filter(cell -> !cell.isKept()).mapToLong(Cell::rows).sum();
  }

  CleanCounts on(LocalDate day) {
    return new CleanCounts(cells.stream().filter(cell -> cell.day().equals(day)).toList());
  }

  /** Refused rows by reason, most first. */
  List<Map.Entry<String, Long>> reasons() {
    Map<String, Long> byReason =
        cells.stream()
            .filter(cell -> !cell.isKept())
            .collect(
                Collectors.groupingBy(
                    Cell::reason, TreeMap::new, Collectors.summingLong(Cell::rows)));
    return byReason.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .toList();
  }

  /** One cell of a reason, to show an example of it. */
  Cell example(String reason) {
    return cells.stream().filter(cell -> cell.reason().equals(reason)).findFirst().orElseThrow();
  }

  /** Rows and digest of a day, kept or refused. */
  Cell sum(LocalDate day, boolean isKept) {
    List<Cell> matching =
        cells.stream().filter(c -> c.day().equals(day) && c.isKept() == isKept).toList();
    return new Cell(
        day,
        KEPT,
        matching.stream().mapToLong(Cell::rows).sum(),
        matching.stream().mapToLong(cell -> cell.digest() * 31 + cell.reason().hashCode()).sum(),
        "",
        "");
  }
}
