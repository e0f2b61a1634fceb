package dev.nightjar.training.candidate.learning;

/**
 * What a reason says about an item that a source proposed.
 *
 * @param basis decides which words win where several sources proposed the item
 * @param text what the user reads; with {@link Basis#RISE} and {@link Basis#SALES}, the text goes
 *     on with where and how recently
 */
public record SourceWords(Basis basis, String text) {

  /** What the words rest on, the strongest first. */
  public enum Basis {
    /** What users with the same taste like. Stronger than an item's being new. */
    TASTE,
    /** What sells more than before among people like the user. Weaker than an item's being new. */
    RISE,
    /** What sells most among people like the user. */
    SALES,
    /** What the item has in common with those of the user. */
    LIKENESS;

    /** Whether the reason goes on to say where the item sells, and how recently. */
    public boolean isOfSales() {
      return this == RISE || this == SALES;
    }
  }
}
