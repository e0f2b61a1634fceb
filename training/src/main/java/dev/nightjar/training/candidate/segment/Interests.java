package dev.nightjar.training.candidate.segment;

import dev.nightjar.training.candidate.history.Learners;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ContentIndex;
import dev.nightjar.training.candidate.item.Shelf;
import dev.nightjar.training.candidate.matrix.Best;
import dev.nightjar.training.candidate.matrix.SparseRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Segments of users with similar tastes: {@link Clusters} of {@link Tastes}, their number chosen by
 * {@link Silhouette}. None where fewer than {@code segment_min_users} learners have a taste.
 *
 * @param tastes how a taste is derived from a history
 * @param segments largest first
 */
public record Interests(Tastes tastes, List<InterestSegment> segments) implements Serializable {
  /** The result of {@link #of} for a user without a taste. */
  public static final int NONE = -1;

  private static final int FITTED_USERS = 2000;
  private static final int SILHOUETTE_USERS = 300;
  private static final int TOP_TERMS = 5;

  public static Interests learn(
      Shelf shelf, ContentIndex content, Learners learners, SegmentConfig config, long seed) {
    Tastes tastes = Tastes.of(shelf.labels(), content, learners.interest());
    SparseRows all = tastes.ofLearners(learners.interest());
    if (all.rowCount() < Math.max(2, config.segmentMinUsers())
        || tastes.size() < 2
        || config.segments() < 2) {
      return new Interests(tastes, List.of());
    }
    SparseRows rows = all.everyRow(FITTED_USERS);
    Silhouette silhouette = new Silhouette(rows, SILHOUETTE_USERS);
    Clusters best = null;
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 2; k <= Math.min(config.segments(), rows.rowCount()); k++) {
      Clusters clusters = Clusters.fit(rows, k, seed + k);
      double mean = Best.rounded(silhouette.mean(clusters.labels(), k));
      if (mean > highest) {
        highest = mean;
        best = clusters;
      }
    }
    return new Interests(tastes, segments(tastes, rows, best, silhouette));
  }

  private static List<InterestSegment> segments(
      Tastes tastes, SparseRows rows, Clusters clusters, Silhouette silhouette) {
    int k = clusters.middles().length;
    int[] sizes = new int[k];
    Arrays.stream(clusters.labels()).forEach(label -> sizes[label]++);
    double[] silhouettes = silhouette.byCluster(clusters.labels(), k);
    double[] mean = new double[rows.columnCount()];
    for (int entry = 0; entry < rows.entryCount(); entry++) {
      mean[rows.column(entry)] += rows.value(entry) / rows.rowCount();
    }
    String[] names = tastes.names();
    return IntStream.range(0, k)
        .boxed()
        .filter(cluster -> sizes[cluster] > 0)
        .sorted(Comparator.<Integer>comparingInt(cluster -> -sizes[cluster]).thenComparing(c -> c))
        .map(
            cluster ->
                new InterestSegment(
                    clusters.middles()[cluster],
                    topTerms(clusters.middles()[cluster], mean, names),
                    Best.rounded(silhouettes[cluster])))
        .toList();
  }

  /** A category covers the paths above and below it. */
  private static List<String> topTerms(float[] middle, double[] mean, String[] names) {
    Best best = new Best(4 * TOP_TERMS);
    for (int place = 0; place < middle.length; place++) {
      if (middle[place] > mean[place]) {
        best.offer(place, middle[place] - mean[place]);
      }
    }
    List<String> terms = new ArrayList<>();
    for (int place : best.takeAll()) {
      String name = names[place];
      boolean isCovered =
          terms.stream()
              .anyMatch(term -> term.startsWith(name + "/") || name.startsWith(term + "/"));
      if (!isCovered && terms.size() < TOP_TERMS) {
        terms.add(name);
      }
    }
    return List.copyOf(terms);
  }

  /** Segment of a user, or {@link #NONE}. */
  public int of(UserHistory user) {
    return segments.isEmpty() ? NONE : nearest(taste(user));
  }

  /** Cosine distance of a user to the centre of a segment. */
  public double distance(UserHistory user, int segment) {
    return Best.rounded(1 - Clusters.cosine(taste(user), 0, segments.get(segment).middle()));
  }

  private int nearest(SparseRows taste) {
    return taste.size(0) == 0
        ? NONE
        : Clusters.nearest(
            taste, 0, segments.stream().map(InterestSegment::middle).toArray(float[][]::new));
  }

  private SparseRows taste(UserHistory user) {
    SparseRows.Builder taste = new SparseRows.Builder();
    tastes.add(user.items(), user.weights(), taste);
    return taste.build(tastes.size());
  }
}
