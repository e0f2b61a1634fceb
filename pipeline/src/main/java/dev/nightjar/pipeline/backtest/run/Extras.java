package dev.nightjar.pipeline.backtest.run;

import dev.nightjar.features.config.ConfigProblems;
import java.util.Arrays;
import java.util.List;

/**
 * What a backtest does besides measuring the night.
 *
 * @param ablation whether to retrain without each source
 * @param varied setting to measure at other values; empty for none
 * @param values those values
 */
public record Extras(boolean ablation, String varied, List<Double> values) {
  /**
   * Reads {@code KEY=V,V,...}.
   *
   * @param vary empty for none
   * @throws ConfigProblems where it has another form
   */
  public static Extras of(boolean ablation, String vary) {
    if (vary.isEmpty()) {
      return new Extras(ablation, "", List.of());
    }
    String[] parts = vary.split("=", 2);
    if (parts.length < 2 || parts[0].isBlank()) {
      throw unreadable(vary);
    }
    try {
      return new Extras(
          ablation,
          parts[0].strip(),
          Arrays.stream(parts[1].split(",")).map(Double::valueOf).toList());
    } catch (NumberFormatException wrong) {
      throw unreadable(vary);
    }
  }

  private static ConfigProblems unreadable(String vary) {
    return new ConfigProblems(
        List.of("--vary must be key=number,number,..., got '%s'".formatted(vary)));
  }

  /** Whether there is anything to do. */
  boolean isAny() {
    return ablation || !varied.isEmpty();
  }
}
