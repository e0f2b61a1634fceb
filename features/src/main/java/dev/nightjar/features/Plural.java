package dev.nightjar.features;

import java.util.Locale;

/** A number with its noun in the singular or plural. */
public final class Plural {
  private Plural() {}

  /** {@code 1 row}, {@code 2 rows}, {@code 1,234 rows}. */
  public static String of(long number, String noun) {
    return of(number, noun, noun + "s");
  }

  /** {@code 1 row was}, {@code 2 rows were}: for words whose plural does not end in s. */
  public static String of(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }
}
