package dev.nightjar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.nightjar.features.config.ConfigProblems;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoConfigTest {
  @Test
  void defaultsAreThoseOfTheReference() {
    assertEquals(
        new DemoConfig(
            5000,
            1000,
            60,
            14,
            LocalDate.of(2026, 3, 28),
            ZoneId.of("Europe/Berlin"),
            20260328L,
            0.22,
            2.0,
            0.015),
        DemoConfig.from(reference()));
  }

  @Test
  void mapsEveryKey() {
    Config all =
        ConfigFactory.parseString(
            "users=11, items=51, days=3, holdout_days=2, last_date=\"2025-01-02\", zone=UTC, seed=9,"
                + " sessions_per_day=0.5, pushes_per_week=1.5, dirt_share=0.25");
    assertEquals(
        new DemoConfig(11, 51, 3, 2, LocalDate.of(2025, 1, 2), ZoneId.of("UTC"), 9, 0.5, 1.5, 0.25),
        DemoConfig.from(all));
  }

  @Test
  void tellsAllProblemsAtOnce() {
    Config wrong =
        ConfigFactory.parseString(
                "users=9, items=49, days=0, holdout_days=-1, sessions_per_day=0, pushes_per_week=8,"
                    + " dirt_share=0.5")
            .withFallback(reference());
    ConfigProblems problems = assertThrows(ConfigProblems.class, () -> DemoConfig.from(wrong));
    assertEquals(
        List.of(
            "demo.users must be at least 10, got 9",
            "demo.items must be at least 50, got 49",
            "demo.days must be at least 1, got 0",
            "demo.holdout_days must not be negative, got -1",
            "demo.sessions_per_day must be over 0 and at most 5, got 0.0",
            "demo.pushes_per_week must be between 0 and 7, got 8.0",
            "demo.dirt_share must be at least 0 and under 0.5, got 0.5"),
        problems.messages());
  }

  @Test
  void refusesWhatIsNoDateOrZone() {
    assertTrue(refusal("last_date=\"28.3.2026\"").contains("demo.last_date"));
    assertTrue(refusal("zone=\"Mars/Olympus\"").contains("got Mars/Olympus"));
  }

  private static String refusal(String setting) {
    Config wrong = ConfigFactory.parseString(setting).withFallback(reference());
    return assertThrows(ConfigException.class, () -> DemoConfig.from(wrong)).getMessage();
  }

  private static Config reference() {
    return ConfigFactory.parseResources("reference.conf").getConfig("demo");
  }
}
