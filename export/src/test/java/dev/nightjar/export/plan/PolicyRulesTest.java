package dev.nightjar.export.plan;

import static dev.nightjar.export.ExportSettings.planFromMidnight;
import static dev.nightjar.export.ExportSettings.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.Decisions;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of the policy, its rules and their decisions. */
class PolicyRulesTest {
  /** Tuesday; Wednesday 2026-03-11 is planned. */
  private static final AsOf NIGHT = new AsOf(LocalDate.of(2026, 3, 10), ZoneOffset.UTC);

  /** The rows of all users of the shop, without random draws. */
  private static List<String> decisions(Shop shop, String... over) {
    PolicyConfig policy = policy("control_share = 0", "explore_share = 0", String.join("\n", over));
    try (Plan plan = Planner.plan(NIGHT, shop.inputs(), policy, planFromMidnight())) {
      return plan.decisions().selectExpr(Decisions.TABLE.columns()).collectAsList().stream()
          .map(row -> row.mkString(" | "))
          .sorted()
          .toList();
    }
  }

  private static List<String> names() {
    return PolicyRules.inOrder(NIGHT, new Shop().inputs(), policy(), planFromMidnight()).stream()
        .map(PolicyRule::name)
        .toList();
  }

  @Test
  void defaultsAreThese() {
    assertEquals(
        """
        quiet_from = 21:00
        quiet_to = 09:00
        daily_cap = 1
        weekly_cap = 3
        min_gap_hours = 12
        control_share = 0.05
        explore_share = 0.05
        valid_minutes = 60
        unknown_zone = shop
        min_logged_share = 0.2
        seed = 20260101
        """,
        Configs.text(policy()));
  }

  @Test
  void everyKeyIsRead() {
    String policy =
        """
        quiet_from = 22:30
        quiet_to = 07:15
        daily_cap = 2
        weekly_cap = 5
        min_gap_hours = 6
        control_share = 0.1
        explore_share = 0.2
        valid_minutes = 30
        unknown_zone = strict
        min_logged_share = 0.5
        seed = 9
        """;
    assertEquals(policy, Configs.text(policy(policy.replaceAll("(\\d\\d:\\d\\d)", "\"$1\""))));
  }

  @Test
  void everyBrokenKeyIsReportedAtOnce() {
    assertEquals(
        List.of(
            "policy.quiet_from must be a time HH:mm, got 9pm",
            "policy.quiet_to must be a time HH:mm, got 24:00",
            "policy.daily_cap must be positive, got 0",
            "policy.weekly_cap must be positive, got -1",
            "policy.min_gap_hours must be between 0 and 168, got 169",
            "policy.control_share must be at least 0 and below 1, got 1.0",
            "policy.explore_share must be between 0 and 1, got 1.5"),
        assertThrows(
                ConfigProblems.class,
                () ->
                    policy(
                        "quiet_from = 9pm, quiet_to = \"24:00\", daily_cap = 0, weekly_cap = -1",
                        "min_gap_hours = 169, control_share = 1, explore_share = 1.5"))
            .messages());
  }

  @ParameterizedTest
  @CsvSource({"shop, send", "skip, unknown_zone", "strict, unknown_zone"})
  void aUserOfAnUnknownZoneIsPushedAsThePolicySays(String policy, String decision) {
    Shop shop = new Shop();
    for (String zone : List.of("Pacific/Auckland", "Pacific/Honolulu", "Europe/Berlin")) {
      shop.user(zone, zone).ranks(zone, "i");
    }
    shop.unknownZone("lost", "Europe/Berlin").ranks("lost", "i");
    Map<String, String> decisions = new TreeMap<>();
    try (Plan plan =
        Planner.plan(
            NIGHT,
            shop.inputs(),
            policy("unknown_zone = " + policy, "control_share = 0"),
            planFromMidnight())) {
      plan.decisions()
          .collectAsList()
          .forEach(
              row ->
                  decisions.put(
                      row.getAs(Decisions.USER_ID), row.<String>getAs(Decisions.DECISION)));
    }
    assertEquals(decision, decisions.remove("lost"));
    assertEquals(Set.of("send"), new TreeSet<>(decisions.values()));
  }

  @Test
  void everyUserGetsTheFirstReasonThatAppliesWithItsFigures() {
    Shop shop = new Shop();
    for (String user :
        List.of(
            "consent",
            "complaint",
            "future",
            "always",
            "bare",
            "quiet",
            "weekly",
            "weekly_ok",
            "far",
            "gap",
            "unknown_hours")) {
      boolean consent = !user.equals("consent");
      String from = user.equals("quiet") ? "00:00" : null;
      String to = user.equals("quiet") ? "23:59" : null;
      shop.user(user, user.equals("far") ? "Pacific/Kiritimati" : "UTC", consent, from, to);
      if (!user.equals("unknown_hours")) {
        shop.opens(user, hour -> hour % 24 == 3 ? 0.9 : hour % 24 == 10 ? 0.2 : 0.1);
      }
      if (!user.equals("bare")) {
        shop.ranks(user, "i1");
      }
    }
    shop.suppressed("consent", "bounce", null)
        .suppressed("complaint", "complaint", "2026-01-02T10:00:00Z")
        .suppressed("complaint", "bounce", "2026-02-02T10:00:00Z")
        .suppressed("always", null, null)
        .suppressed("future", "leaves", "2026-03-12T00:00:00Z")
        .pushed("w1", "weekly", "2026-03-04T20:00:01Z")
        .pushed("w2", "weekly", "2026-03-06T10:00:00Z")
        .pushed("w3", "weekly", "2026-03-08T10:00:00Z")
        .pushed("o1", "weekly_ok", "2026-03-04T13:00:00Z")
        .pushed("o2", "weekly_ok", "2026-03-06T10:00:00Z")
        .pushed("o3", "weekly_ok", "2026-03-08T10:00:00Z")
        .pushed("f1", "far", "2026-03-10T11:00:00Z")
        .pushed("g1", "gap", "2026-03-10T23:30:00Z");
    assertEquals(
        List.of(
            "always | suppressed | suppressed always: no reason given | none | 1.0",
            "bare | no_items | no item is ranked for this user | none | 1.0",
            "complaint | suppressed | suppressed since 2026-01-02: complaint | none | 1.0",
            "consent | no_consent | no consent to pushes | none | 1.0",
            // Kiritimati is 14 hours ahead: of its 12th the window has the hours before 14:00.
            "far | send | 1 push at 2026-03-12 10:00 Pacific/Kiritimati | best | 1.0",
            "future | send | 1 push at 2026-03-11 10:00 UTC | best | 1.0",
            "gap | min_gap | last push at 2026-03-10 23:30, 30 hours are to pass, "
                + "last chance 2026-03-11 20:00 | none | 1.0",
            "quiet | quiet_hours | every hour of the plan is quiet, 00:00 to 23:59 UTC | none | 1.0",
            "unknown_hours | send | 1 push at 2026-03-11 09:00 UTC | best | 1.0",
            "weekly | weekly_cap | 3 pushes in the last 7 days, cap 3 | none | 1.0",
            // The push of the 4th leaves the rolling week at 13:00 of the 11th.
            "weekly_ok | send | 1 push at 2026-03-11 13:00 UTC | best | 1.0"),
        decisions(shop, "min_gap_hours = 30"));
  }

  @Test
  void theReferenceListsEveryRuleInItsOrder() throws IOException {
    String reference = Files.readString(Path.of("src/main/resources/reference.conf"));
    String section =
        reference.substring(reference.indexOf("# ---- policy"), reference.indexOf("\npolicy {"));
    List<String> listed =
        Pattern.compile("^#   (\\w+) ", Pattern.MULTILINE)
            .matcher(section)
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertEquals(names(), listed);
  }

  @Test
  void theControlGroupIsDrawnFromThoseWhoWouldHaveBeenPushed() {
    assertEquals(PolicyRules.CONTROL, names().get(names().size() - 1));
  }
}
