package dev.nightjar.training.evaluate.lists;

import dev.nightjar.training.evaluate.Bootstrap;
import dev.nightjar.training.evaluate.Interval;
import dev.nightjar.training.evaluate.ListMetric;
import dev.nightjar.training.evaluate.Resampling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The users with a relevant item in one scenario and horizon, and the quality of each list for
 * them.
 */
public final class Measurement {
  private final ListBook book;
  private final Scenario scenario;
  private final int[] shoppers;
  private final int[][] relevant;
  private final Bootstrap bootstrap;

  private Measurement(
      ListBook book, Scenario scenario, int[] shoppers, int[][] relevant, Bootstrap bootstrap) {
    this.book = book;
    this.scenario = scenario;
    this.shoppers = shoppers;
    this.relevant = relevant;
    this.bootstrap = bootstrap;
  }

  /** Which shoppers are measured. */
  @FunctionalInterface
  public interface Who {
    boolean includes(Shopper shopper);
  }

  public static Measurement of(
      ListBook book,
      KnownItems items,
      Scenario scenario,
      int horizonDays,
      Who who,
      Resampling resampling) {
    List<Shopper> all = book.shoppers();
    int[][] relevant =
        all.stream().map(s -> s.relevant(scenario, horizonDays, items)).toArray(int[][]::new);
    int[] measured =
        IntStream.range(0, all.size())
            .filter(i -> relevant[i].length > 0 && who.includes(all.get(i)))
            .toArray();
    return new Measurement(
        book,
        scenario,
        measured,
        Arrays.stream(measured).mapToObj(i -> relevant[i]).toArray(int[][]::new),
        resampling.of(measured.length));
  }

  int users() {
    return shoppers.length;
  }

  long relevantItems() {
    return Arrays.stream(relevant).mapToLong(items -> items.length).sum();
  }

  /** The list of a measured user, best first. */
  int[] list(ListBook.Name name, int user) {
    return book.lists(name, scenario)[shoppers[user]];
  }

  /** A metric of every measured user. */
  public double[] values(ListBook.Name name, ListMetric metric, int k) {
    double[] values = new double[shoppers.length];
    for (int user = 0; user < values.length; user++) {
      values[user] = metric.of(hits(name, user), relevant[user].length, k);
    }
    return values;
  }

  private boolean[] hits(ListBook.Name name, int user) {
    int[] list = list(name, user);
    boolean[] isHit = new boolean[list.length];
    for (int place = 0; place < list.length; place++) {
      isHit[place] = Arrays.binarySearch(relevant[user], list[place]) >= 0;
    }
    return isHit;
  }

  public Interval score(ListBook.Name name, ListMetric metric, int k) {
    return bootstrap.of(values(name, metric, k));
  }

  /** Every metric at every cut, by cut. */
  Map<String, Map<String, Interval>> scores(ListBook.Name name, List<Integer> cuts) {
    return byCut(cuts, (metric, k) -> values(name, metric, k));
  }

  /** The differences between two lists, user by user. */
  Map<String, Map<String, Interval>> differences(
      ListBook.Name name, ListBook.Name other, List<Integer> cuts) {
    return byCut(cuts, (metric, k) -> minus(values(name, metric, k), values(other, metric, k)));
  }

  /** Differences between two values of each user, with the interval of the mean. */
  public Interval difference(double[] values, double[] others) {
    return bootstrap.of(minus(values, others));
  }

  private static double[] minus(double[] values, double[] others) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i] - others[i]).toArray();
  }

  @FunctionalInterface
  private interface Values {
    double[] of(ListMetric metric, int k);
  }

  private Map<String, Map<String, Interval>> byCut(List<Integer> cuts, Values values) {
    Map<String, Map<String, Interval>> byCut = new LinkedHashMap<>();
    for (int k : cuts) {
      Map<String, Interval> metrics = new LinkedHashMap<>();
      for (ListMetric metric : ListMetric.values()) {
        metrics.put(metric.key(), bootstrap.of(values.of(metric, k)));
      }
      byCut.put(String.valueOf(k), metrics);
    }
    return byCut;
  }
}
