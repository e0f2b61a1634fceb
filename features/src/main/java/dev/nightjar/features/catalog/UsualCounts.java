package dev.nightjar.features.catalog;

import dev.nightjar.features.Plural;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.source.InputBounds;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceReader;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.table.InputCounts;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Compares what a night read of its inputs with what the last nights read: their rows, the share of
 * refused ones, and the share with a value that cannot be read, column by column.
 *
 * <p>A night is unusual where it differs both from the median night and from the last one, so that
 * a level that was once accepted is the new one.
 */
public final class UsualCounts {
  /** Fewer rows than this more or less are never unusual, unless none are left. */
  private static final int SLACK = 5;

  /** So many rows more are never unusual: the first refusals of a young shop come in dozens. */
  private static final int SLACK_OF_GROWTH = 50;

  private static final String REFUSED = "refused";
  private static final String UNREADABLE = "unreadable_";

  /**
   * What one night read of one input.
   *
   * @param rows all of them
   * @param byReason rows by what they are counted for: {@code refused} or {@code unreadable_...}
   */
  private record Read(long rows, Map<String, Long> byReason) {
    double share(String reason) {
      return rows == 0 ? 0 : (double) byReason.getOrDefault(reason, 0L) / rows;
    }

    Read plus(String reason, boolean isRefused, long more) {
      Map<String, Long> counts = new HashMap<>(byReason);
      if (isRefused) {
        counts.merge(REFUSED, more, Long::sum);
      } else if (reason != null && reason.startsWith(UNREADABLE)) {
        counts.merge(reason, more, Long::sum);
      }
      return new Read(rows + more, counts);
    }

    Read plus(Read other) {
      Map<String, Long> counts = new HashMap<>(byReason);
      other.byReason.forEach((reason, more) -> counts.merge(reason, more, Long::sum));
      return new Read(rows + other.rows, counts);
    }

    static Read none() {
      return new Read(0, Map.of());
    }
  }

  private UsualCounts() {}

  /** The counts as {@link InputCounts}, one row for each cell. */
  public static Dataset<Row> table(SparkSession spark, RuleCounts counts, LocalDate night) {
    List<Row> rows =
        counts.cells().stream()
            .map(
                cell ->
                    RowFactory.create(
                        Date.valueOf(night),
                        cell.input().key(),
                        cell.file().isEmpty() ? null : cell.file(),
                        cell.reason().orElse(null),
                        cell.isRefused(),
                        cell.rows()))
            .toList();
    return InputCounts.TABLE.select(spark.createDataFrame(rows, InputCounts.SCHEMA));
  }

  /**
   * What is unusual about tonight.
   *
   * @param past {@link InputCounts} of the nights before; nothing is unusual where there are none
   */
  public static List<Unusual> compare(
      SourcesConfig sources, RuleCounts tonight, Dataset<Row> past, LocalDate night) {
    Map<InputTable, Map<LocalDate, Read>> nights = nights(sources.inputs(), past, night);
    List<Unusual> found = new ArrayList<>();
    sources
        .inputs()
        .forEach(
            (input, source) -> {
              if (nights.containsKey(input)) {
                List<Read> before = List.copyOf(nights.get(input).values());
                found.addAll(
                    compare(source, tonight(tonight.ofInput(input), source, night), before));
              }
            });
    return found;
  }

  private static Read tonight(RuleCounts counts, SourceConfig source, LocalDate night) {
    Read read = Read.none();
    for (RuleCounts.Cell cell : counts.cells()) {
      if (isUsual(source, cell.file(), night)) {
        read = read.plus(cell.reason().orElse(null), cell.isRefused(), cell.rows());
      }
    }
    return read;
  }

  /**
   * Whether tonight would read such a file in any case: not one that came late, or once, for the
   * ledger. Of the nights before only such files are counted, so that a list of changes does not
   * look shorter for a full day that is now too long ago.
   */
  private static boolean isUsual(SourceConfig source, String file, LocalDate night) {
    LocalDate first = night.minusDays(source.lookbackDays());
    return SourceReader.dayOf(source, file).filter(day -> day.isBefore(first)).isEmpty();
  }

  private static Map<InputTable, Map<LocalDate, Read>> nights(
      Map<InputTable, SourceConfig> sources, Dataset<Row> past, LocalDate tonight) {
    Map<InputTable, Map<LocalDate, Read>> nights = new TreeMap<>();
    for (Row row : past.collectAsList()) {
      String key = row.<String>getAs(InputCounts.INPUT).toUpperCase(Locale.ROOT);
      InputTable input = InputTable.valueOf(key);
      LocalDate night = row.<Date>getAs(InputCounts.NIGHT).toLocalDate();
      String file = Objects.requireNonNullElse(row.getAs(InputCounts.FILE), "");
      if (sources.containsKey(input) && isUsual(sources.get(input), file, tonight)) {
        nights
            .computeIfAbsent(input, none -> new TreeMap<>())
            .merge(night, counted(row), Read::plus);
      }
    }
    return nights;
  }

  private static Read counted(Row row) {
    return Read.none()
        .plus(
            row.getAs(InputCounts.REASON),
            row.getAs(InputCounts.IS_REFUSED),
            row.<Long>getAs(InputCounts.ROWS));
  }

  private static List<Unusual> compare(SourceConfig source, Read tonight, List<Read> before) {
    InputBounds bounds = source.expect();
    List<Unusual> found = new ArrayList<>();
    Usual rows = Usual.of(before, Read::rows);
    boolean isEmptied = tonight.rows() == 0;
    double least = bounds.minRowsShare() * rows.lowest();
    if (tonight.rows() < least && (isEmptied || rows.lowest() - tonight.rows() > SLACK)) {
      found.add(unusualRows(source, tonight, rows, "min_rows_share", bounds.minRowsShare()));
    }
    double most = bounds.maxRowsShare() * rows.highest();
    if (most > 0 && tonight.rows() > most && tonight.rows() - rows.highest() > SLACK_OF_GROWTH) {
      found.add(unusualRows(source, tonight, rows, "max_rows_share", bounds.maxRowsShare()));
    }
    for (String reason : new TreeSet<>(tonight.byReason().keySet())) {
      Usual share = Usual.of(before, read -> read.share(reason));
      if (tonight.byReason().get(reason) > SLACK
          && tonight.share(reason) > share.highest() + bounds.maxShareRise()) {
        found.add(unusualShare(source, tonight, reason, share));
      }
    }
    return found;
  }

  private static Unusual unusualRows(
      SourceConfig source, Read tonight, Usual rows, String key, double bound) {
    String name = source.table().key();
    return new Unusual(
        source,
        "sources.%s has %s, the nights before had %s; sources.%1$s.expect.%s is %s"
            .formatted(
                name,
                Plural.of(tonight.rows(), "row"),
                Plural.of(Math.round(rows.median()), "row"),
                key,
                bound));
  }

  private static Unusual unusualShare(
      SourceConfig source, Read tonight, String reason, Usual share) {
    return new Unusual(
        source,
        String.format(
            Locale.ROOT,
            "%.1f %% of the rows of sources.%s are %s, the nights before it were %.1f %%; sources.%2$s.expect.max_share_rise is %s",
            100 * tonight.share(reason),
            source.table().key(),
            reason,
            100 * share.median(),
            source.expect().maxShareRise()));
  }

  /** A figure of the nights before: that of the median night and that of the last one. */
  private record Usual(double median, double last) {
    static Usual of(List<Read> before, ToDoubleFunction<Read> figure) {
      double[] figures = before.stream().mapToDouble(figure).toArray();
      double last = figures[figures.length - 1];
      Arrays.sort(figures);
      int middle = figures.length / 2;
      double median =
          figures.length % 2 == 1 ? figures[middle] : (figures[middle - 1] + figures[middle]) / 2;
      return new Usual(median, last);
    }

    double lowest() {
      return Math.min(median, last);
    }

    double highest() {
      return Math.max(median, last);
    }
  }
}
