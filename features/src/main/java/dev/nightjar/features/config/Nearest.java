package dev.nightjar.features.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that a misspelt one probably means: the one with the fewest edits, case aside. */
public final class Nearest {
  private static final int LONG = 5;
  private static final int SLIP = 2;

  private Nearest() {}

  /** The nearest known name, however far; empty only when none is known. */
  public static Optional<String> of(String name, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String candidate) -> edits(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code ; did you mean X?}, or nothing when no known name is close. */
  public static String hint(String name, Collection<String> known) {
    int far = Math.max(2, name.length() / 2);
    return of(name, known)
        .filter(nearest -> edits(name, nearest) <= far)
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("");
  }

  /** Whether a known name is so close that the other is it, misspelt. */
  public static boolean isMisspelt(String name, Collection<String> known) {
    return name.length() >= LONG
        && of(name, known).filter(nearest -> edits(name, nearest) <= SLIP).isPresent();
  }

  private static int edits(String left, String right) {
    return LevenshteinDistance.getDefaultInstance()
        .apply(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
  }
}
