package dev.nightjar.features.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that a misspelt one probably means. */
final class Nearest {
  private Nearest() {}

  /** The known name with the fewest edits, case aside; empty when all are far. */
  static Optional<String> of(String name, Collection<String> known) {
    int far = Math.max(2, name.length() / 2);
    return known.stream()
        .filter(candidate -> edits(name, candidate) <= far)
        .min(
            Comparator.comparingInt((String candidate) -> edits(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code ; did you mean X?} or nothing. */
  static String hint(String name, Collection<String> known) {
    return of(name, known).map(nearest -> "; did you mean " + nearest + "?").orElse("");
  }

  /** Levenshtein distance, case aside. */
  private static int edits(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
