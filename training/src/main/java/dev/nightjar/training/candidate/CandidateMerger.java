package dev.nightjar.training.candidate;

import dev.nightjar.training.table.Candidates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Adds source {@code als} to what the other sources proposed to a user and merges all into rows of
 * {@link Candidates}. Plain Java over a broadcast matrix, since a user's products with all items
 * are a few vectorised loops, where columns would need a cross join; and one shuffle by user serves
 * all sources.
 *
 * <p>Input rows: user_id, proposals (array of item_id, source, score; may be null), factors (may be
 * null).
 */
final class CandidateMerger implements FlatMapFunction<Row, Row> {
  static final String ALS = "als";

  private static final long serialVersionUID = 1L;

  /** In alphabetical order, as the names stand in {@link Candidates#SOURCES}. */
  private static final List<String> SOURCES =
      List.of(
          AbandonedCandidates.NAME,
          ALS,
          SegmentCandidates.POPULAR,
          RepeatCandidates.NAME,
          SegmentCandidates.TRENDING);

  private static final double PRECISION = 1e6;

  private final Broadcast<ItemMatrix> items;
  private final int alsItems;

  CandidateMerger(Broadcast<ItemMatrix> items, int alsItems) {
    this.items = items;
    this.alsItems = alsItems;
  }

  @Override
  public Iterator<Row> call(Row user) {
    Map<String, Double[]> scores = new TreeMap<>();
    if (!user.isNullAt(1)) {
      for (Row proposal : user.<Row>getList(1)) {
        scores
                .computeIfAbsent(proposal.getString(0), item -> new Double[SOURCES.size()])[
                SOURCES.indexOf(proposal.getString(1))] =
            proposal.getDouble(2);
      }
    }
    Set<String> nearest = Set.of();
    if (!user.isNullAt(2)) {
      nearest = addAls(items.value(), user.getList(2), scores);
    }
    List<Row> rows = new ArrayList<>(scores.size());
    for (Map.Entry<String, Double[]> item : scores.entrySet()) {
      rows.add(row(user.getString(0), item, nearest.contains(item.getKey())));
    }
    return rows.iterator();
  }

  private Set<String> addAls(
      ItemMatrix matrix, List<Float> userFactors, Map<String, Double[]> scores) {
    float[] products = matrix.scores(userFactors);
    for (Map.Entry<String, Double[]> item : scores.entrySet()) {
      int index = matrix.indexOf(item.getKey());
      if (index >= 0) {
        item.getValue()[SOURCES.indexOf(ALS)] = rounded(products[index]);
      }
    }
    Set<String> nearest = new HashSet<>();
    for (int index : nearest(products, alsItems)) {
      String itemId = matrix.itemId(index);
      scores.computeIfAbsent(itemId, item -> new Double[SOURCES.size()])[SOURCES.indexOf(ALS)] =
          rounded(products[index]);
      nearest.add(itemId);
    }
    return nearest;
  }

  /** Indices of the {@code most} largest products, ties to the smaller index. */
  private static List<Integer> nearest(float[] products, int most) {
    PriorityQueue<Integer> worstFirst =
        new PriorityQueue<>(
            (left, right) -> {
              int byScore = Double.compare(rounded(products[left]), rounded(products[right]));
              return byScore != 0 ? byScore : Integer.compare(right, left);
            });
    for (int index = 0; index < products.length; index++) {
      if (worstFirst.size() < most) {
        worstFirst.add(index);
      } else if (most > 0 && rounded(products[index]) > rounded(products[worstFirst.peek()])) {
        worstFirst.poll();
        worstFirst.add(index);
      }
    }
    return List.copyOf(worstFirst);
  }

  private static Row row(String userId, Map.Entry<String, Double[]> item, boolean isNearest) {
    Double[] scores = item.getValue();
    List<String> names = new ArrayList<>();
    for (int source = 0; source < scores.length; source++) {
      boolean isAls = SOURCES.get(source).equals(ALS);
      if (isAls ? isNearest : scores[source] != null) {
        names.add(SOURCES.get(source));
      }
    }
    return RowFactory.create(
        userId,
        item.getKey(),
        names.toArray(String[]::new),
        scores[SOURCES.indexOf(RepeatCandidates.NAME)],
        scores[SOURCES.indexOf(AbandonedCandidates.NAME)],
        scores[SOURCES.indexOf(ALS)],
        scores[SOURCES.indexOf(SegmentCandidates.POPULAR)],
        scores[SOURCES.indexOf(SegmentCandidates.TRENDING)]);
  }

  private static double rounded(float score) {
    return Math.rint(score * PRECISION) / PRECISION;
  }
}
