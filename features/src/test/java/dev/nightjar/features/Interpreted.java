package dev.nightjar.features;

import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Spark's plans are interpreted while the tests of a class run: where each of many plans has a few
 * rows, compiling its code takes most of the time.
 */
public final class Interpreted implements BeforeAllCallback, AfterAllCallback {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false");

  @Override
  public void beforeAll(ExtensionContext context) {
    SETTINGS.forEach(TestSpark.session().conf()::set);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    SETTINGS.keySet().forEach(TestSpark.session().conf()::unset);
  }
}
