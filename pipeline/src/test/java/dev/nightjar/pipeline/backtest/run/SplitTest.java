package dev.nightjar.pipeline.backtest.run;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.config.ConfigProblems;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SplitTest {
  @Test
  void aSplitReportsAllThatIsWrongWithItAtOnce() {
    ConfigProblems problems =
        assertThrows(
            ConfigProblems.class,
            () -> new Split(LocalDate.of(2020, 1, 1), List.of(-1), List.of(0)));
    assertTrue(problems.getMessage().contains("--horizon-days must be positive, got -1"));
    assertTrue(problems.getMessage().contains("--k must be positive, got 0"));
  }
}
