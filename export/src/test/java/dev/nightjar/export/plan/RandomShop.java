package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightjar.export.ExportSettings;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.TestSpark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A seeded shop with zones of every kind, own quiet hours, a push log and suppressions. */
final class RandomShop {
  private static final List<String> ZONES =
      List.of(
          "America/New_York",
          "America/Los_Angeles",
          "America/St_Johns",
          "Europe/London",
          "Europe/Berlin",
          "Asia/Kolkata",
          "Asia/Kathmandu",
          "Australia/Lord_Howe",
          "Australia/Adelaide",
          "Pacific/Kiritimati",
          "Pacific/Pago_Pago",
          "UTC");
  private static final int ITEMS_PER_USER = 6;

  private RandomShop() {}

  /** A policy of odd quiet hours and several pushes a day. */
  static PolicyConfig busyPolicy(String... over) {
    String busy =
        """
        quiet_from = "23:30"
        quiet_to = "06:15"
        daily_cap = 2
        weekly_cap = 4
        min_gap_hours = 5
        """;
    return ExportSettings.policy(busy, String.join("\n", over));
  }

  /** Users with everything but curves, as known on the given night. */
  static Shop of(long seed, int users, AsOf night) {
    Random random = new Random(seed);
    Shop shop = new Shop();
    for (int i = 0; i < 50; i++) {
      shop.item("i" + i, i % 5 == 0 ? null : 1.0 + i);
    }
    for (int i = 0; i < users; i++) {
      String user = "u" + i;
      boolean hasOwn = random.nextInt(5) == 0;
      shop.user(
          user,
          ZONES.get(random.nextInt(ZONES.size())),
          random.nextInt(20) > 0,
          hasOwn ? time(random) : null,
          hasOwn ? time(random) : null);
      if (random.nextInt(20) == 0) {
        Instant since = night.end().plus(Duration.ofHours(random.nextInt(96) - 48));
        shop.suppressed(user, "complaint", random.nextBoolean() ? null : since.toString());
      }
      if (random.nextInt(20) > 0) {
        int first = random.nextInt(40);
        String[] best = new String[ITEMS_PER_USER - random.nextInt(3)];
        for (int k = 0; k < best.length; k++) {
          best[k] = "i" + (first + k);
        }
        shop.ranks(user, best);
      }
      int pushes = random.nextInt(5);
      for (int k = 0; k < pushes; k++) {
        Instant sent = night.end().minus(Duration.ofMinutes(1 + random.nextInt(9 * 24 * 60)));
        shop.pushed("p" + i + "-" + k, user, sent);
      }
    }
    return shop;
  }

  /** The shop's inputs, with a curve for every user that is a function of user and hour. */
  static PlanInputs inputs(Shop shop) {
    PlanInputs inputs = shop.inputs();
    Dataset<Row> hours =
        inputs
            .users()
            .select("user_id")
            .crossJoin(TestSpark.session().range(168).toDF("hour_of_week"))
            .select(
                col("user_id"),
                col("hour_of_week").cast("int"),
                pmod(xxhash64(col("user_id"), col("hour_of_week")), lit(500))
                    .plus(1)
                    .divide(1000)
                    .as("open_probability"),
                lit("shop").as("evidence"));
    return new PlanInputs(
        inputs.users(),
        inputs.suppressions(),
        inputs.pushes(),
        inputs.rankedItems(),
        inputs.items(),
        hours,
        inputs.madeAt());
  }

  private static String time(Random random) {
    if (random.nextInt(20) == 0) {
      return "9pm";
    }
    return "%02d:%02d".formatted(random.nextInt(24), 15 * random.nextInt(4));
  }
}
