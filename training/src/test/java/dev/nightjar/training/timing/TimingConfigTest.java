package dev.nightjar.training.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.features.config.ConfigProblems;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingConfigTest {
  @Test
  void readsEveryKeyWithItsDefault() {
    assertEquals(
        new TimingConfig(365, 180, 24, 0.05, 20, 10, 200, 0.2, 2_000, 20_260_301L),
        SendTimeTrainerTest.config(""));
  }

  @Test
  void mapsEachKeyToItsComponent() {
    assertEquals(
        new TimingConfig(1, 2.5, 3, 0.4, 5.5, 6, 7, 0.8, 9, 10L),
        SendTimeTrainerTest.config(
            """
            history_days = 1, half_life_days = 2.5, open_window_hours = 3
            assumed_open_rate = 0.4, max_inverse_propensity = 5.5, push_session_minutes = 6
            min_segment_users = 7, holdout_share = 0.8, fit_users = 9, seed = 10
            """));
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    ConfigProblems problems =
        assertThrows(
            ConfigProblems.class,
            () ->
                SendTimeTrainerTest.config(
                    "assumed_open_rate = 1, fit_users = 0, max_inverse_propensity = 0.5"));
    assertEquals(
        List.of(
            "timing.assumed_open_rate must be between 0 and 1, got 1.0",
            "timing.max_inverse_propensity must be at least 1, got 0.5",
            "timing.fit_users must be positive, got 0"),
        problems.messages());
  }
}
