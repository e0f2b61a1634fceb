package dev.nightjar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoConfigTest {
  private static DemoConfig demo(String... over) {
    return Configs.of(DemoConfig.class, "demo", over);
  }

  private static List<String> problems(String... over) {
    return assertThrows(ConfigProblems.class, () -> demo(over)).messages();
  }

  @Test
  void defaultsAreThoseOfTheReference() {
    assertEquals(
        """
        users = 5000
        items = 1000
        days = 60
        holdout_days = 14
        last_date = 2026-03-28
        zone = Europe/Berlin
        seed = 20260328
        sessions_per_day = 0.22
        pushes_per_week = 2.0
        dirt_share = 0.015
        """,
        Configs.text(demo()));
  }

  @Test
  void readsEachKeyIntoItsComponent() {
    String other =
        """
        users = 11
        items = 51
        days = 3
        holdout_days = 2
        last_date = 2025-01-02
        zone = UTC
        seed = 9
        sessions_per_day = 0.5
        pushes_per_week = 1.5
        dirt_share = 0.25
        """;
    assertEquals(other, Configs.text(demo(other)));
  }

  @Test
  void reportsAllProblemsAtOnce() {
    assertEquals(
        List.of(
            "demo.users must be at least 10, got 9",
            "demo.items must be at least 50, got 49",
            "demo.days must be at least 1, got 0",
            "demo.holdout_days must not be negative, got -1",
            "demo.sessions_per_day must be over 0 and at most 5, got 0.0",
            "demo.pushes_per_week must be between 0 and 7, got 8.0",
            "demo.dirt_share must be at least 0 and under 0.5, got 0.5"),
        problems(
            "users=9, items=49, days=0, holdout_days=-1, sessions_per_day=0, pushes_per_week=8,"
                + " dirt_share=0.5"));
  }

  @Test
  void refusesWhatIsNoDateOrZone() {
    assertEquals(
        List.of("demo.last_date must be a day such as 2020-01-31, got 28.3.2026"),
        problems("last_date = \"28.3.2026\""));
    assertEquals(
        List.of("demo.zone must be an IANA zone such as Europe/London, got Mars/Olympus"),
        problems("zone = \"Mars/Olympus\""));
  }
}
