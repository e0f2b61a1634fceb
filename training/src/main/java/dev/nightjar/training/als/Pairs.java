package dev.nightjar.training.als;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Pairs of one block, in arrays: a row of this side, a row of the other one, the strength. */
final class Pairs implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FIRST_ROOM = 64;

  private final int block;
  private int[] own = new int[FIRST_ROOM];
  private int[] other = new int[FIRST_ROOM];
  private float[] strength = new float[FIRST_ROOM];
  private int size;

  Pairs(int block) {
    this.block = block;
  }

  /**
   * Deals rows to blocks.
   *
   * @param rows index of this side, of the other one, strength
   * @return by block: the pairs of the rows whose index, divided by the number of blocks, leaves it
   */
  static Iterator<Tuple2<Integer, Pairs>> dealt(Iterator<Row> rows, int blocks) {
    Pairs[] byBlock = IntStream.range(0, blocks).mapToObj(Pairs::new).toArray(Pairs[]::new);
    rows.forEachRemaining(
        row -> byBlock[row.getInt(0) % blocks].add(row.getInt(0), row.getInt(1), row.getFloat(2)));
    return Arrays.stream(byBlock).map(pairs -> new Tuple2<>(pairs.block, pairs)).iterator();
  }

  /** The parts of one block. */
  static Pairs together(Iterable<Pairs> parts) {
    Pairs all = new Pairs(parts.iterator().next().block);
    for (Pairs part : parts) {
      all.room(all.size + part.size);
      System.arraycopy(part.own, 0, all.own, all.size, part.size);
      System.arraycopy(part.other, 0, all.other, all.size, part.size);
      System.arraycopy(part.strength, 0, all.strength, all.size, part.size);
      all.size += part.size;
    }
    return all;
  }

  int block() {
    return block;
  }

  int size() {
    return size;
  }

  int own(int pair) {
    return own[pair];
  }

  int other(int pair) {
    return other[pair];
  }

  float strength(int pair) {
    return strength[pair];
  }

  void add(int ownIndex, int otherIndex, float pairStrength) {
    if (size == own.length) {
      room(2 * size);
    }
    own[size] = ownIndex;
    other[size] = otherIndex;
    strength[size++] = pairStrength;
  }

  private void room(int length) {
    if (length > own.length) {
      own = Arrays.copyOf(own, length);
      other = Arrays.copyOf(other, length);
      strength = Arrays.copyOf(strength, length);
    }
  }
}
