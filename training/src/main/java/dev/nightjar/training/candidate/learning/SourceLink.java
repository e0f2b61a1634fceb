package dev.nightjar.training.candidate.learning;

/**
 * How an item of the user's history supports a proposed one.
 *
 * @param kind decides which source names the item where several could
 * @param before what a reason says before the title of an item that the user bought
 * @param after what it says after the title
 */
public record SourceLink(Kind kind, String before, String after) {

  /** The evidence, the most direct first. */
  public enum Kind {
    /** Bought after it. */
    NEXT_PURCHASE,
    /** Bought together with it. */
    SAME_BASKET,
    /** Touched by the same users. */
    SAME_USERS,
    /** Both are described by the same words. */
    SAME_WORDS
  }

  /** A link that needs no words of its own. */
  public static SourceLink of(Kind kind) {
    return new SourceLink(kind, "because you bought ", "");
  }
}
