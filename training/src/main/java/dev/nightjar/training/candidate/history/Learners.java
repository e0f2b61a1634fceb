package dev.nightjar.training.candidate.history;

import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.SparseRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The users that neighbours are learned from, on the driver: all, or those of the smallest lots,
 * with their strongest items, so that memory is bounded whatever the number of users.
 *
 * @param userIds ascending
 * @param largestLot lot of the last one drawn
 * @param interest users by items, ln(1 + strength)
 * @param viewedDaysAgo for each entry of {@code interest}, days since the last event where the item
 *     was viewed and never bought; negative otherwise
 */
public record Learners(
    String[] userIds, long largestLot, SparseRows interest, int[] viewedDaysAgo) {
  /** What is learned from one user. */
  private record Learner(String userId, long lot, int[] items, float[] weights, int[] viewedDaysAgo)
      implements Serializable {
    static Learner of(UserHistory user, long lot) {
      int[] strong =
          java.util.stream.IntStream.range(0, user.size())
              .filter(entry -> user.isStrong()[entry])
              .toArray();
      int[] items = new int[strong.length];
      float[] weights = new float[strong.length];
      int[] viewedDaysAgo = new int[strong.length];
      for (int place = 0; place < strong.length; place++) {
        items[place] = user.items()[strong[place]];
        weights[place] = (float) user.weights()[strong[place]];
        viewedDaysAgo[place] = user.onlyViewedDaysAgo(strong[place]);
      }
      return new Learner(user.userId(), lot, items, weights, viewedDaysAgo);
    }
  }

  /** Collects them from {@link HistoryRows}. */
  public static Learners collect(
      Dataset<Row> histories, Broadcast<ItemIndex> index, NeighbourConfig config) {
    int mostUsers = config.neighbourUsers();
    int historyItems = config.historyItems();
    List<Learner> drawn =
        histories
            .select(PairFeatures.USER_ID, HistoryRows.PAIRS, HistoryRows.LOT)
            .javaRDD()
            .mapPartitions(users -> draw(users, index.value(), mostUsers, historyItems))
            .coalesce(1, true)
            .mapPartitions(learners -> smallestLots(learners, mostUsers))
            .collect()
            .stream()
            .sorted(Comparator.comparing(Learner::userId))
            .toList();
    SparseRows.Builder interest = new SparseRows.Builder();
    int[] viewedDaysAgo =
        drawn.stream().flatMapToInt(one -> Arrays.stream(one.viewedDaysAgo())).toArray();
    for (Learner learner : drawn) {
      for (int place = 0; place < learner.items().length; place++) {
        interest.add(learner.items()[place], learner.weights()[place]);
      }
      interest.endRow();
    }
    return new Learners(
        drawn.stream().map(Learner::userId).toArray(String[]::new),
        drawn.stream().mapToLong(Learner::lot).max().orElse(Long.MIN_VALUE),
        interest.build(index.value().size()),
        viewedDaysAgo);
  }

  private static Iterator<Learner> draw(
      Iterator<Row> users, ItemIndex index, int mostUsers, int historyItems) {
    Lots drawn = new Lots(mostUsers);
    while (users.hasNext()) {
      Row user = users.next();
      long lot = user.getAs(HistoryRows.LOT);
      if (drawn.wants(lot)) {
        drawn.add(Learner.of(UserHistory.of(user, index, historyItems), lot));
      }
    }
    return drawn.iterator();
  }

  private static Iterator<Learner> smallestLots(Iterator<Learner> learners, int mostUsers) {
    Lots drawn = new Lots(mostUsers);
    learners.forEachRemaining(drawn::add);
    return drawn.iterator();
  }

  /** The learners of the smallest lots, so many at most. */
  private static final class Lots {
    private final PriorityQueue<Learner> largestFirst =
        new PriorityQueue<>(
            Comparator.comparingLong(Learner::lot).thenComparing(Learner::userId).reversed());
    private final int most;

    Lots(int most) {
      this.most = most;
    }

    boolean wants(long lot) {
      return largestFirst.size() < most || lot <= largestFirst.peek().lot();
    }

    void add(Learner learner) {
      largestFirst.add(learner);
      if (largestFirst.size() > most) {
        largestFirst.poll();
      }
    }

    Iterator<Learner> iterator() {
      return new ArrayList<>(largestFirst).iterator();
    }
  }
}
