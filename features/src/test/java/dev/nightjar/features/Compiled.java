package dev.nightjar.features;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Spark's plans are compiled and adapted while the tests of a class run, as in a night. */
public final class Compiled implements BeforeAllCallback, AfterAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    TestSpark.compilePlans();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    TestSpark.interpretPlans();
  }
}
