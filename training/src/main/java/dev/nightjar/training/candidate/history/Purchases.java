package dev.nightjar.training.candidate.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.query.Parameter;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.Sharing;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The purchases of the learners, on the driver. Each purchase is two longs, so that sorting them
 * groups them: by user, day and item, and by basket and item.
 *
 * @param timeline distinct purchases in ascending order, read by {@link #user}, {@link #daysAgo}
 *     and {@link #item}
 * @param baskets distinct lines of baskets in ascending order: a digest of the session above 24
 *     bits of item
 */
public record Purchases(long[] timeline, long[] baskets) implements Serializable {
  private static final String DAYS_AGO = "days_ago";
  private static final String BASKET = "basket";
  private static final int ITEM_BITS = 24;
  private static final int DAY_BITS = 12;
  private static final long ITEM_MASK = (1L << ITEM_BITS) - 1;
  private static final int OLDEST = (1 << DAY_BITS) - 1;

  /** Collects the purchases of the last {@code days} days; later returns are ignored. */
  public static Purchases collect(
      Snapshot snapshot, Learners learners, Broadcast<ItemIndex> index, long seed, int days) {
    Broadcast<String[]> userIds = Sharing.of(snapshot.events()).broadcast(learners.userIds());
    Column day = from_utc_timestamp(col(CleanEvents.EVENT_TIME), snapshot.asOf().zone().getId());
    Dataset<Row> bought =
        snapshot
            .events()
            .where(
                col(CleanEvents.EVENT_TYPE)
                    .equalTo(EventTypes.PURCHASE)
                    .and(snapshot.asOf().within(col(CleanEvents.EVENT_TIME), days))
                    .and(
                        HistoryRows.lot(seed, col(CleanEvents.USER_ID)).leq(learners.largestLot())))
            .select(
                col(CleanEvents.USER_ID),
                col(CleanEvents.ITEM_ID),
                datediff(Parameter.of(snapshot.asOf().date()), day).as(DAYS_AGO),
                xxhash64(col(CleanEvents.USER_ID), col(CleanEvents.SESSION_ID)).as(BASKET));
    List<Purchases> parts =
        bought
            .javaRDD()
            .mapPartitions(rows -> pack(rows, userIds.value(), index.value()))
            .collect();
    return new Purchases(
        parts.stream()
            .flatMapToLong(part -> LongStream.of(part.timeline))
            .sorted()
            .distinct()
            .toArray(),
        parts.stream()
            .flatMapToLong(part -> LongStream.of(part.baskets))
            .sorted()
            .distinct()
            .toArray());
  }

  private static Iterator<Purchases> pack(Iterator<Row> rows, String[] userIds, ItemIndex index) {
    LongStream.Builder timeline = LongStream.builder();
    LongStream.Builder baskets = LongStream.builder();
    while (rows.hasNext()) {
      Row row = rows.next();
      int user = Arrays.binarySearch(userIds, row.<String>getAs(CleanEvents.USER_ID));
      int item = index.of(row.getAs(CleanEvents.ITEM_ID));
      if (user >= 0 && item >= 0) {
        long daysAgo = Math.max(0, Math.min(OLDEST, row.<Integer>getAs(DAYS_AGO)));
        timeline.add(((((long) user << DAY_BITS) | (OLDEST - daysAgo)) << ITEM_BITS) | item);
        baskets.add((row.<Long>getAs(BASKET) & ~ITEM_MASK) | item);
      }
    }
    return List.of(new Purchases(timeline.build().toArray(), baskets.build().toArray())).iterator();
  }

  public static int item(long purchase) {
    return (int) (purchase & ITEM_MASK);
  }

  static int user(long purchase) {
    return (int) (purchase >>> (ITEM_BITS + DAY_BITS));
  }

  static int daysAgo(long purchase) {
    return OLDEST - (int) ((purchase >>> ITEM_BITS) & OLDEST);
  }

  /** The basket of a line: equal for lines of one session, different for others. */
  public static long basket(long line) {
    return line & ~ITEM_MASK;
  }
}
