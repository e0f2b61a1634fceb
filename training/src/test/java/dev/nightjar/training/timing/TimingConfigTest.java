package dev.nightjar.training.timing;

import static dev.nightjar.training.TestSettings.timing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingConfigTest {
  @Test
  void defaultsAreThoseOfTheReference() {
    assertEquals(
        """
        history_days = 365
        half_life_days = 180.0
        open_window_hours = 24
        assumed_open_rate = 0.05
        max_inverse_propensity = 20.0
        push_session_minutes = 10
        min_segment_users = 200
        holdout_share = 0.2
        fit_users = 2000
        seed = 20260301
        """,
        Configs.text(timing()));
  }

  @Test
  void readsEachKeyIntoItsComponent() {
    String other =
        """
        history_days = 1
        half_life_days = 2.5
        open_window_hours = 3
        assumed_open_rate = 0.4
        max_inverse_propensity = 5.5
        push_session_minutes = 6
        min_segment_users = 7
        holdout_share = 0.8
        fit_users = 9
        seed = 10
        """;
    assertEquals(other, Configs.text(timing(other)));
  }

  @Test
  void reportsAllThatIsWrongAtOnce() {
    ConfigProblems problems =
        assertThrows(
            ConfigProblems.class,
            () -> timing("assumed_open_rate = 1, fit_users = 0, max_inverse_propensity = 0.5"));
    assertEquals(
        List.of(
            "timing.assumed_open_rate must be between 0 and 1, got 1.0",
            "timing.max_inverse_propensity must be at least 1, got 0.5",
            "timing.fit_users must be positive, got 0"),
        problems.messages());
  }
}
