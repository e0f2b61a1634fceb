package dev.nightjar.training.candidate.demand;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What one segment wants.
 *
 * <p>Popular: users who bought the item in {@code popular_days}, plus 0.05 for each who touched it,
 * over the largest such number of the segment; in everyone's list the shop's decayed popularity
 * decides among items nobody touched lately, so that even a silent shop has a list.
 *
 * <p>Trending: (touches of 7 days - a quarter of those of the 28 days before) / sqrt(that quarter +
 * 1), about the Poisson deviation from a level rate.
 */
public final class DemandList implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] items;
  private final double[] popular;
  private final double[] trending;
  private final int[] mostPopular;
  private final int[] mostTrending;

  /**
   * Holds what is given.
   *
   * @param items with a score, ascending
   * @param popular score of each
   * @param trending score of each
   * @param mostPopular offered items, best first
   * @param mostTrending offered items that rise, best first
   */
  DemandList(
      int[] items, double[] popular, double[] trending, int[] mostPopular, int[] mostTrending) {
    this.items = items;
    this.popular = popular;
    this.trending = trending;
    this.mostPopular = mostPopular;
    this.mostTrending = mostTrending;
  }

  int[] items() {
    return items;
  }

  double[] popular() {
    return popular;
  }

  double[] trending() {
    return trending;
  }

  public int[] mostPopular() {
    return mostPopular;
  }

  public int[] mostTrending() {
    return mostTrending;
  }

  public double popularScore(int item) {
    int place = Arrays.binarySearch(items, item);
    return place < 0 ? Double.NaN : popular[place];
  }

  public double trendingScore(int item) {
    int place = Arrays.binarySearch(items, item);
    return place < 0 ? Double.NaN : trending[place];
  }
}
