package dev.nightjar.pipeline.backtest.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.features.config.ConfigProblems;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExtrasTest {
  @Test
  void whatToVaryReadsAsAKeyAndNumbers() {
    assertEquals(
        new Extras(true, "rank.price_power", List.of(0.0, 0.5)),
        Extras.of(true, "rank.price_power=0,0.5"));
    assertThrows(ConfigProblems.class, () -> Extras.of(false, "rank.price_power"));
    assertThrows(ConfigProblems.class, () -> Extras.of(false, "rank.price_power=much"));
    assertThrows(ConfigProblems.class, () -> Extras.of(false, "=0.5"));
  }
}
