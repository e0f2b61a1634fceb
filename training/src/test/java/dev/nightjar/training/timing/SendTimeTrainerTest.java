package dev.nightjar.training.timing;

import static dev.nightjar.training.TestSettings.timing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.training.table.SendHours;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SendTimeTrainerTest {
  /** A Saturday; Monday 2026-03-02 is 12 days before it. */
  private static final String DATE = "2026-03-14";

  private static final LocalDateTime MONDAY = LocalDateTime.parse("2026-02-02T00:00:00");

  /** Probabilities by user and hour of week. */
  private static Map<String, double[]> curves(SendTimeModel model) {
    Map<String, double[]> curves = new HashMap<>();
    for (Row row : model.sendHours().collectAsList()) {
      double[] curve =
          curves.computeIfAbsent(
              row.getString(0),
              user -> {
                double[] empty = new double[168];
                Arrays.fill(empty, Double.NaN);
                return empty;
              });
      curve[row.getInt(1)] = row.getDouble(2);
    }
    return curves;
  }

  private static Map<String, String> evidence(SendTimeModel model) {
    Map<String, String> evidence = new TreeMap<>();
    for (Row row : model.sendHours().select("user_id", "evidence").distinct().collectAsList()) {
      evidence.put(row.getString(0), row.getString(1));
    }
    return evidence;
  }

  private static int top(double[] curve) {
    int top = 0;
    for (int hour = 1; hour < curve.length; hour++) {
      top = curve[hour] > curve[top] ? hour : top;
    }
    return top;
  }

  private static int distance(int left, int right) {
    int apart = Math.floorMod(left - right, 24);
    return Math.min(apart, 24 - apart);
  }

  @Test
  void givesEveryUser168HoursStrictlyBetweenZeroAndOne() {
    Shop shop = new Shop(DATE).user("active", "Asia/Kolkata", "en-IN").user("new", "UTC", null);
    shop.session("active", MONDAY.plusHours(9)).session("active", MONDAY.plusHours(33));

    SendTimeModel model = SendTimeTrainer.train(shop.snapshot(), timing());

    Map<String, double[]> curves = curves(model);
    assertEquals(2 * 168, model.sendHours().count());
    assertEquals(2, curves.size());
    for (double[] curve : curves.values()) {
      for (double chance : curve) {
        assertTrue(chance > 0 && chance < 1, "got " + chance);
      }
    }
    assertEquals(SendHours.SCHEMA, model.sendHours().schema());
    assertEquals(Map.of("active", "user_activity", "new", "shop"), evidence(model));
  }

  @Test
  void aShopWithoutAnyEventGetsTheAssumedRateAtEveryHour() {
    SendTimeModel model =
        SendTimeTrainer.train(
            new Shop(DATE).user("new", "UTC", "en-GB").snapshot(),
            timing("assumed_open_rate = 0.07"));

    for (double chance : curves(model).get("new")) {
      assertEquals(0.07, chance, 1e-9);
    }
    assertEquals(Map.of("new", "shop"), evidence(model));
    assertTrue(model.card().notes().get(0).contains("timing.assumed_open_rate 0.07"));
  }

  @Test
  void findsThePlantedPeakOfEachUser() {
    int users = 150;
    Shop shop = new Shop(DATE).users(users);
    Random random = new Random(7);
    int[] peaks = new int[users];
    for (int u = 0; u < users; u++) {
      peaks[u] = random.nextInt(24);
      for (int s = 0; s < 25; s++) {
        int hour =
            random.nextInt(10) < 7
                ? Math.floorMod(peaks[u] + (int) Math.round(random.nextGaussian()), 24)
                : 12 + random.nextInt(10);
        shop.session("u" + u, MONDAY.plusDays(random.nextInt(40)).plusHours(hour));
      }
    }

    SendTimeModel model = SendTimeTrainer.train(shop.snapshot(), timing());

    Map<String, double[]> curves = curves(model);
    int hits = 0;
    for (int u = 0; u < users; u++) {
      hits += distance(top(curves.get("u" + u)) % 24, peaks[u]) <= 1 ? 1 : 0;
    }
    // The shop's histogram names one hour for all: about 3 peaks of 24 are within an hour of it.
    assertTrue(hits > 0.85 * users, hits + " of " + users);
    double ours = model.card().metrics().get("activity_log_loss");
    double shops = model.card().baselines().get("shop_histogram").get("activity_log_loss");
    assertTrue(ours < shops - 0.3, ours + " beside " + shops);
    assertTrue(
        ours < model.card().baselines().get("own_histogram_plus_one").get("activity_log_loss"));
  }

  @Test
  void opensFollowTheUsersOwnHourWherePushesSaySo() {
    int users = 120;
    Shop shop = new Shop(DATE).users(users);
    Random random = new Random(11);
    int[] peaks = new int[users];
    for (int u = 0; u < users; u++) {
      peaks[u] = random.nextInt(24);
      for (int s = 0; s < 15; s++) {
        shop.session(
            "u" + u, MONDAY.plusDays(random.nextInt(40)).plusHours(peaks[u]).plusMinutes(30));
      }
      for (int p = 0; p < 20; p++) {
        int hour = random.nextInt(24);
        boolean isOpened = random.nextDouble() < (distance(hour, peaks[u]) <= 1 ? 0.6 : 0.05);
        shop.push("u" + u, MONDAY.plusDays(2L * p).plusHours(hour), isOpened ? 5 : null, 1 / 24.0);
      }
    }

    SendTimeModel model = SendTimeTrainer.train(shop.snapshot(), timing());

    assertTrue(model.card().metrics().get("fitted_activity_slope") > 0.3);
    assertTrue(model.card().metrics().get("open_auc") > 0.65, model.card().metrics().toString());
    assertTrue(
        model.card().metrics().get("open_log_loss")
            < model.card().baselines().get("constant").get("open_log_loss"));
    Map<String, double[]> curves = curves(model);
    int hits = 0;
    for (int u = 0; u < users; u++) {
      hits += distance(top(curves.get("u" + u)) % 24, peaks[u]) <= 1 ? 1 : 0;
    }
    assertTrue(hits > 0.9 * users, hits + " of " + users);
    assertEquals("user_pushes", evidence(model).get("u0"));
  }

  @Test
  void activityIsNotTrustedWhereOpensDoNotFollowIt() {
    Shop shop = new Shop(DATE).users(100);
    Random random = new Random(13);
    for (int u = 0; u < 100; u++) {
      for (int s = 0; s < 15; s++) {
        shop.session("u" + u, MONDAY.plusDays(random.nextInt(40)).plusHours(u % 24));
      }
      for (int p = 0; p < 20; p++) {
        boolean isOpened = random.nextDouble() < 0.2;
        shop.push(
            "u" + u,
            MONDAY.plusDays(2L * p).plusHours(random.nextInt(24)),
            isOpened ? 30 : null,
            1 / 24.0);
      }
    }

    SendTimeModel model = SendTimeTrainer.train(shop.snapshot(), timing());

    assertTrue(
        model.card().metrics().get("fitted_activity_slope") < 0.12,
        model.card().metrics().toString());
    double mean =
        curves(model).values().stream().flatMapToDouble(Arrays::stream).average().orElseThrow();
    assertEquals(0.2, mean, 0.04);
  }

  /**
   * Fond users open 60% of what they get at 20h and 40% at 9h, others 12% and 8%. Last month's
   * policy sent fond users at 9h and others at 20h, nine times of ten: raw rates favour 9h.
   */
  private static Shop biasedLog() {
    Shop shop = new Shop(DATE).users(400).user("new", "UTC", "en-GB");
    Random random = new Random(17);
    for (int u = 0; u < 400; u++) {
      boolean isFond = u % 2 == 0;
      for (int p = 0; p < 6; p++) {
        boolean isUsual = random.nextDouble() < 0.9;
        int hour = isFond == isUsual ? 9 : 20;
        double chance = (isFond ? 0.4 : 0.08) * (hour == 20 ? 1.5 : 1);
        shop.push(
            "u" + u,
            MONDAY.plusDays(5L * p).plusHours(hour),
            random.nextDouble() < chance ? 10 : null,
            isUsual ? 0.9 : 0.1);
      }
    }
    return shop;
  }

  @Test
  void weightingByPropensityCorrectsABiasedLog() {
    Shop shop = biasedLog();

    double[] weighed = curves(SendTimeTrainer.train(shop.snapshot(), timing())).get("new");
    double[] unweighed =
        curves(SendTimeTrainer.train(shop.snapshot(), timing("max_inverse_propensity = 1")))
            .get("new");

    assertTrue(weighed[20] > weighed[9], weighed[20] + " at 20h, " + weighed[9] + " at 9h");
    assertTrue(unweighed[20] < unweighed[9], unweighed[20] + " at 20h, " + unweighed[9]);
  }

  @Test
  void aUserWithoutHistoryGetsTheSegmentsCurve() {
    Shop shop = new Shop(DATE);
    for (int u = 0; u < 60; u++) {
      boolean isFrench = u % 3 == 0;
      shop.user("u" + u, "UTC", isFrench ? "fr-FR" : "en-GB");
      for (int s = 0; s < 10; s++) {
        shop.session("u" + u, MONDAY.plusDays(3L * s).plusHours(isFrench ? 7 : 21));
      }
    }
    shop.user("french", "Europe/Paris", "fr-FR").user("british", "Europe/London", "en_GB");
    shop.user("other", "Africa/Cairo", "ar-EG");

    SendTimeModel model = SendTimeTrainer.train(shop.snapshot(), timing("min_segment_users = 10"));

    Map<String, double[]> curves = curves(model);
    assertEquals(7, top(curves.get("french")) % 24);
    assertEquals(21, top(curves.get("british")) % 24);
    assertEquals(21, top(curves.get("other")) % 24);
    Map<String, String> evidence = evidence(model);
    assertEquals("segment", evidence.get("french"));
    assertEquals("shop", evidence.get("other"));
  }

  @Test
  void whatHappensAfterTheEndChangesNothing() {
    Map<String, double[]> without = curves(SendTimeTrainer.train(biasedLog().snapshot(), timing()));
    LocalDateTime after = LocalDate.parse(DATE).plusDays(1).atTime(3, 0);
    LocalDateTime justBefore = LocalDate.parse(DATE).atTime(20, 0);
    Shop planted = biasedLog();
    for (int u = 0; u < 20; u++) {
      planted.session("u" + u, after.plusHours(u));
      planted.push("u" + u, after.plusHours(u), 1, 0.5);
      // Sent in time, its window still open at the end: opened or not, no evidence yet.
      planted.push("u" + u, justBefore, 60 * 5, 0.5);
    }

    Map<String, double[]> with = curves(SendTimeTrainer.train(planted.snapshot(), timing()));

    assertEquals(without.keySet(), with.keySet());
    without.forEach((user, curve) -> assertTrue(Arrays.equals(curve, with.get(user)), user));
  }

  @Test
  void trainsTheSameTwice() {
    Shop shop = biasedLog();

    SendTimeModel first = SendTimeTrainer.train(shop.snapshot(), timing("fit_users = 200"));
    SendTimeModel second = SendTimeTrainer.train(shop.snapshot(), timing("fit_users = 200"));

    assertEquals(first.card(), second.card());
    Map<String, double[]> again = curves(second);
    curves(first).forEach((user, curve) -> assertTrue(Arrays.equals(curve, again.get(user))));
  }

  @Test
  void anHourBeginsWhereTheUserLivesInHalfHourZonesToo() {
    Shop shop = new Shop(DATE).user("kolkata", "Asia/Kolkata", null).users(1);
    LocalDateTime sent = MONDAY.plusHours(21).plusMinutes(45);
    for (int day = 0; day < 28; day++) {
      shop.push("kolkata", sent.plusDays(day), 5, null);
      shop.push("kolkata", sent.plusDays(day).plusHours(14), null, null);
    }

    double[] curve = curves(SendTimeTrainer.train(shop.snapshot(), timing())).get("kolkata");

    assertTrue(curve[21] > 2 * curve[11], curve[21] + " at 21h, " + curve[11] + " at 11h");
  }

  @Test
  void aSessionCausedByAPushIsNotAHabit() {
    Shop shop = new Shop(DATE).users(1);
    for (int day = 0; day < 20; day++) {
      LocalDateTime sent = MONDAY.plusDays(day).plusHours(9).plusMinutes(58);
      shop.push("u0", sent, 1, null);
      shop.session("u0", sent.plusMinutes(4));
      shop.session("u0", MONDAY.plusDays(day).plusHours(18));
    }

    SendTimeModel model = SendTimeTrainer.train(shop.snapshot(), timing());

    assertEquals(20L, model.card().rows().get("session_hours"));
  }

  @Test
  void aSessionCountsOnceAnHourHoweverManyEvents() {
    Shop shop = new Shop(DATE).users(1);
    for (int minute = 0; minute < 90; minute += 3) {
      shop.event("u0", "long", MONDAY.plusHours(9).plusMinutes(minute));
    }

    SendTimeModel model = SendTimeTrainer.train(shop.snapshot(), timing());

    assertEquals(2L, model.card().rows().get("session_hours"));
    assertEquals(
        List.of("2026-02-02", DATE), List.of(model.card().dataFrom(), model.card().dataTo()));
    assertFalse(model.card().metrics().values().stream().anyMatch(value -> value.isNaN()));
    assertNotEquals(0, model.card().seed());
  }
}
