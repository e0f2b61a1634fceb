package dev.nightjar.features;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test, or each line of a table of tests, that takes long. One of five of these runs: {@code
 * -Dnightjar.soak=SEED} chooses which, always the same ones for a seed, and {@code scripts/soak}
 * runs all.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Soak.Share.class)
public @interface Soak {
  /** Decides which of these tests run. */
  final class Share implements ExecutionCondition {
    private static final String SEED = System.getProperty("nightjar.soak", "1");
    private static final int SHARES = 5;

    /** Whether a test of this name is one of those that run. */
    public static boolean runs(String test) {
      return SEED.equals("all") || Math.floorMod((test + SEED).hashCode(), SHARES) == 0;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String test = context.getUniqueId();
      boolean holdsTests =
          context.getTestMethod().isEmpty() || test.matches(".*\\[test-template:[^\\[]*");
      return holdsTests || runs(test)
          ? ConditionEvaluationResult.enabled("of the share " + SEED)
          : ConditionEvaluationResult.disabled("not of the share " + SEED);
    }
  }
}
