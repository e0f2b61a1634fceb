package dev.nightjar.training.candidate.demand;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What the users of one segment want.
 *
 * <p>Popular: users who bought the item in {@code popular_days}, plus 0.05 for each who touched it,
 * over the largest such number of the segment; in everyone's list the shop's decayed popularity
 * orders items that nobody touched recently, so that even a shop without recent events has a list.
 *
 * <p>Trending: (touches of 7 days - a quarter of those of the 28 days before) / sqrt(that quarter +
 * 1), about the Poisson deviation from a level rate.
 *
 * @param items with a score, ascending
 * @param popular score of each
 * @param trending score of each
 * @param mostPopular offered items, best first
 * @param mostTrending offered items that rise, best first
 */
public record DemandList(
    int[] items, double[] popular, double[] trending, int[] mostPopular, int[] mostTrending)
    implements Serializable {
  public double popularScore(int item) {
    int place = Arrays.binarySearch(items, item);
    return place < 0 ? Double.NaN : popular[place];
  }

  public double trendingScore(int item) {
    int place = Arrays.binarySearch(items, item);
    return place < 0 ? Double.NaN : trending[place];
  }
}
