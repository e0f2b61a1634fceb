package dev.nightjar.training.candidate.learning;

/**
 * What a reason says of an item that a source proposed.
 *
 * @param basis decides which words win where several sources proposed the item
 * @param text what the user reads; with {@link Basis#RISE} and {@link Basis#SALES}, where and how
 *     lately follows
 */
public record SourceWords(Basis basis, String text) {

  /** What the words rest on, the strongest first. */
  public enum Basis {
    /** What users of the same taste like. Stronger than that an item is new. */
    TASTE,
    /** What sells more than before among people like the user. Weaker than that an item is new. */
    RISE,
    /** What sells most among people like the user. */
    SALES,
    /** What the item has in common with those of the user. */
    LIKENESS;

    /** Whether the reason goes on to say where the item sells, and how lately. */
    public boolean isOfSales() {
      return this == RISE || this == SALES;
    }
  }
}
