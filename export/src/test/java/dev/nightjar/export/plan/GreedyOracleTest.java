package dev.nightjar.export.plan;

import static dev.nightjar.export.ExportSettings.planFromMidnight;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.table.SendHours;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The planner against the same rules written as plain loops over java.time. */
class GreedyOracleTest {
  private static final PolicyConfig POLICY =
      RandomShop.busyPolicy("control_share = 0", "explore_share = 0");
  private static final PlanConfig PLAN =
      planFromMidnight("pushes_per_user = 2", "items_per_push = 2");

  private final Map<String, List<Instant>> past = new HashMap<>();
  private final Map<String, Map<Integer, Double>> chances = new HashMap<>();

  @Test
  void plansWhatAPlainLoopOverEveryUserPlans() {
    AsOf night = new AsOf(LocalDate.of(2026, 3, 28), ZoneId.of("Europe/London"));
    Shop shop = RandomShop.of(11, 400, night);
    shop.suppressions.clear();
    PlanInputs inputs = RandomShop.inputs(shop);
    shop.pushes.forEach(
        push ->
            past.computeIfAbsent(push.getAs(Pushes.USER_ID), user -> new ArrayList<>())
                .add(push.<Timestamp>getAs(Pushes.SENT_AT).toInstant()));
    inputs
        .sendHours()
        .collectAsList()
        .forEach(
            hour ->
                chances
                    .computeIfAbsent(hour.getAs(SendHours.USER_ID), user -> new HashMap<>())
                    .put(
                        hour.getAs(SendHours.HOUR_OF_WEEK),
                        hour.getAs(SendHours.OPEN_PROBABILITY)));
    Map<String, Long> ranked = new HashMap<>();
    shop.ranked.forEach(row -> ranked.merge(row.getAs(RankedItems.USER_ID), 1L, Long::sum));

    List<String> expected = new ArrayList<>();
    for (Row user : shop.users) {
      String id = user.getAs(Users.USER_ID);
      boolean hasConsent = user.getAs(Users.HAS_CONSENT);
      if (hasConsent && ranked.containsKey(id)) {
        oracle(user, PlanWindow.after(night, 0).slots()).forEach(at -> expected.add(id + " " + at));
      }
    }
    List<String> planned;
    try (Plan plan = Planner.plan(night, inputs, POLICY, PLAN)) {
      planned =
          plan.schedule().collectAsList().stream()
              .map(
                  push ->
                      push.getAs(PushSchedule.USER_ID)
                          + " "
                          + push.<Timestamp>getAs(PushSchedule.SEND_AT).toInstant())
              .sorted()
              .toList();
    }
    assertTrue(planned.size() > 300, planned.size() + " pushes");
    assertEquals(expected.stream().sorted().toList(), planned);
  }

  private List<Instant> oracle(Row user, List<Instant> slots) {
    ZoneId zone = ZoneId.of(user.getAs(Users.ZONE));
    List<Instant> before = past.getOrDefault(user.<String>getAs(Users.USER_ID), List.of());
    Map<Integer, Double> curve = chances.get(user.<String>getAs(Users.USER_ID));
    List<Instant> chosen = new ArrayList<>();
    for (int round = 0; round < PLAN.pushesPerUser(); round++) {
      slots.stream()
          .filter(at -> isAllowed(user, zone, at, before, chosen))
          .min(
              Comparator.comparingDouble((Instant at) -> -curve.get(hourOfWeek(at.atZone(zone))))
                  .thenComparing(Comparator.naturalOrder()))
          .ifPresent(chosen::add);
    }
    return chosen;
  }

  private static boolean isAllowed(
      Row user, ZoneId zone, Instant at, List<Instant> before, List<Instant> chosen) {
    String ownFrom = user.getAs(Users.QUIET_FROM);
    String ownTo = user.getAs(Users.QUIET_TO);
    boolean isPair = isTime(ownFrom) && isTime(ownTo) && !ownFrom.equals(ownTo);
    LocalTime from = LocalTime.parse(isPair ? ownFrom : POLICY.quietFrom());
    LocalTime to = LocalTime.parse(isPair ? ownTo : POLICY.quietTo());
    LocalTime time = at.atZone(zone).toLocalTime();
    boolean isQuiet =
        from.isBefore(to)
            ? !time.isBefore(from) && time.isBefore(to)
            : !from.equals(to) && (!time.isBefore(from) || time.isBefore(to));
    List<Instant> all = Stream.of(before, chosen, List.of(at)).flatMap(List::stream).toList();
    LocalDate day = at.atZone(zone).toLocalDate();
    long onDay = all.stream().filter(sent -> sent.atZone(zone).toLocalDate().equals(day)).count();
    boolean isFull =
        Stream.concat(chosen.stream(), Stream.of(at))
            .anyMatch(
                end ->
                    all.stream().filter(sent -> isInWeek(sent, end)).count() > POLICY.weeklyCap());
    Duration gap = Duration.ofHours(POLICY.minGapHours());
    boolean isClose =
        Stream.of(before, chosen)
            .flatMap(List::stream)
            .anyMatch(sent -> Duration.between(sent, at).abs().compareTo(gap) < 0);
    return !isQuiet && onDay <= POLICY.dailyCap() && !isFull && !isClose;
  }

  private static boolean isInWeek(Instant sent, Instant end) {
    return !sent.isAfter(end) && sent.isAfter(end.minus(Duration.ofDays(7)));
  }

  private static boolean isTime(String own) {
    return own != null && !own.equals("9pm");
  }

  private static int hourOfWeek(ZonedDateTime local) {
    return (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
  }
}
