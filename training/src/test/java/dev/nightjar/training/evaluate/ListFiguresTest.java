package dev.nightjar.training.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ListFiguresTest {
  private static final double EXACT = 1e-12;

  @Test
  void coverageIsTheShareOfShownItemsAndGiniTheirInequality() {
    assertEquals(new Exposure(1.0, 0.0), Exposure.of(new int[] {2, 2, 2, 2}));
    assertEquals(new Exposure(0.25, 0.75), Exposure.of(new int[] {0, 8, 0, 0}));
    assertTrue(Double.isNaN(Exposure.of(new int[] {0, 0}).gini()));
  }

  @Test
  void giniIsHalfTheMeanDifferenceOfAllPairsOverTheMean() {
    Random random = new Random(11);
    int[] places = random.ints(40, 0, 20).toArray();
    double differences = 0;
    for (int left : places) {
      for (int right : places) {
        differences += Math.abs(left - right);
      }
    }
    double mean = Arrays.stream(places).average().orElseThrow();
    assertEquals(differences / (40 * 40) / (2 * mean), Exposure.of(places).gini(), EXACT);
  }

  @Test
  void diversityIsZeroForOneDirectionAndOneAtARightAngle() {
    float[] east = {2, 0};
    float[] north = {0, 5};
    assertEquals(0.0, ListDiversity.ofVectors(List.of(east, new float[] {7, 0})), EXACT);
    assertEquals(1.0, ListDiversity.ofVectors(List.of(east, north)), EXACT);
    assertEquals(2.0 / 3, ListDiversity.ofVectors(List.of(east, east, north)), EXACT);
    assertEquals(1.0, ListDiversity.ofVectors(Arrays.asList(east, null, north)), EXACT);
    assertTrue(Double.isNaN(ListDiversity.ofVectors(List.of(east))));
  }

  @Test
  void categoriesVaryByTheShareOfPairsThatDiffer() {
    assertEquals(2.0 / 3, ListDiversity.ofCategories(List.of("toys", "toys", "lamps")), EXACT);
    assertEquals(1.0, ListDiversity.ofCategories(Arrays.asList("toys", null, "lamps")), EXACT);
    assertTrue(Double.isNaN(ListDiversity.ofCategories(Arrays.asList("toys", null))));
  }

  @Test
  void reliabilityKeepsEqualProbabilitiesInOneBin() {
    double[] probabilities = {0.1, 0.1, 0.1, 0.5, 0.6, 0.9};
    double[] labels = {0, 0, 1, 1, 0, 1};
    List<Reliability.Point> curve = Reliability.curve(probabilities, labels, 3);
    assertEquals(3, curve.get(0).examples());
    assertEquals(0.1, curve.get(0).meanProbability(), EXACT);
    assertEquals(1.0 / 3, curve.get(0).share(), EXACT);
    assertEquals(6, curve.stream().mapToLong(Reliability.Point::examples).sum());
    assertEquals(new Reliability.Point(0.5, 1.0, 1), curve.get(1));
  }

  @Test
  void anIntervalOfTheMeanIsThatOfTheNormalLaw() {
    double[] values = new Random(3).doubles(4000).toArray();
    Interval interval = new Bootstrap(4000, 2000, 5).of(values);
    double error = Math.sqrt(1.0 / 12 / 4000);
    assertEquals(Arrays.stream(values).average().orElseThrow(), interval.mean(), EXACT);
    assertEquals(interval.mean() - 1.96 * error, interval.low(), 0.1 * error);
    assertEquals(interval.mean() + 1.96 * error, interval.high(), 0.1 * error);
  }

  @Test
  void pairedDifferencesAreSurerThanTheirParts() {
    double[] ours = new Random(4).doubles(500).toArray();
    double[] theirs = Arrays.stream(ours).map(value -> value - 0.01).toArray();
    double[] gaps = new double[500];
    Arrays.setAll(gaps, i -> ours[i] - theirs[i]);
    Bootstrap bootstrap = new Bootstrap(500, 500, 6);
    assertTrue(bootstrap.of(ours).low() < bootstrap.of(theirs).high());
    assertEquals(0.01, bootstrap.of(gaps).low(), 1e-9);
    assertEquals(0.01, bootstrap.of(gaps).high(), 1e-9);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    double[] values = {0, 0, 1, 0.5, 0.25};
    assertEquals(new Bootstrap(5, 300, 9).of(values), new Bootstrap(5, 300, 9).of(values));
  }

  @Test
  void refusesValuesOfOtherUsers() {
    assertThrows(
        IllegalArgumentException.class, () -> new Bootstrap(3, 100, 1).of(new double[] {1, 2}));
  }

  @Test
  void withoutUsersThereIsNoFigure() {
    assertTrue(Double.isNaN(new Bootstrap(0, 100, 1).of(new double[0]).mean()));
  }
}
