package dev.nightjar.training.statistics;

import java.io.Serializable;
import java.util.Objects;

/**
 * A named run of numbers among those that {@link OrderFreeSums} adds up together.
 *
 * @param first position of the first one
 * @param count how many there are
 */
public record Cells(int first, int count) implements Serializable {

  /** Allocates runs of numbers, one after the other. */
  public static final class Layout {
    private int size;

    /** The next {@code count} numbers. */
    public Cells cells(int count) {
      Cells cells = new Cells(size, count);
      size += count;
      return cells;
    }

    /** The next number. */
    public Cells cell() {
      return cells(1);
    }

    int size() {
      return size;
    }
  }

  int place(int cell) {
    return first + Objects.checkIndex(cell, count);
  }
}
