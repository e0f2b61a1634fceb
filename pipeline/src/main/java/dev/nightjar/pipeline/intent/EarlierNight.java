package dev.nightjar.pipeline.intent;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.stage.Read;
import dev.nightjar.pipeline.stage.StageInputs;
import dev.nightjar.training.candidate.Candidates;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The candidates of an earlier night as that night wrote them, and what has happened since.
 *
 * @param snapshot what that night knew, without its events
 * @param candidates {@code candidates} of that night
 * @param rows how many they are
 * @param later {@code clean_events} of the days after it, up to tonight
 */
record EarlierNight(Snapshot snapshot, Dataset<Row> candidates, long rows, Dataset<Row> later) {
  private static final List<Table> TABLES =
      List.of(
          Candidates.TABLE,
          Items.TABLE,
          Users.TABLE,
          Pushes.TABLE,
          UserFeatures.TABLE,
          ItemFeatures.TABLE,
          PairFeatures.TABLE);

  /** The inputs of a stage that needs it. */
  static List<Read> reads(int days) {
    return Stream.concat(
            TABLES.stream().map(table -> Read.nightAgo(table, days)), Stream.of(later(days)))
        .map(Read.class::cast)
        .toList();
  }

  private static Read.Rows later(int days) {
    return Read.lastDays(CleanEvents.TABLE, days);
  }

  /** The night so many days ago; empty where it was not run. */
  static Optional<EarlierNight> read(StageInputs in, LocalDate date, int days, ZoneId zone) {
    boolean isRun =
        TABLES.stream().noneMatch(table -> in.days(Read.nightAgo(table, days)).isEmpty());
    return isRun ? Optional.of(found(in, date, days, zone)) : Optional.empty();
  }

  private static EarlierNight found(StageInputs in, LocalDate date, int days, ZoneId zone) {
    AsOf asOf = new AsOf(date.minusDays(days), zone);
    Dataset<Row> later = in.rows(later(days));
    Snapshot snapshot =
        new Snapshot(
            asOf,
            later.where(asOf.knows(col(CleanEvents.EVENT_TIME))),
            rows(in, Items.TABLE, days),
            rows(in, Users.TABLE, days),
            rows(in, Pushes.TABLE, days),
            rows(in, UserFeatures.TABLE, days),
            rows(in, ItemFeatures.TABLE, days),
            rows(in, PairFeatures.TABLE, days));
    long candidates = in.days(Read.nightAgo(Candidates.TABLE, days)).get(0).rows();
    return new EarlierNight(snapshot, rows(in, Candidates.TABLE, days), candidates, later);
  }

  private static Dataset<Row> rows(StageInputs in, Table table, int days) {
    return in.rows(Read.nightAgo(table, days));
  }
}
