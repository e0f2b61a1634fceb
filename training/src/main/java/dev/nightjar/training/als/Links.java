package dev.nightjar.training.als;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import scala.Tuple2;

/**
 * One block of users or of items and its pairs, as a half-step reads them. The block holds the rows
 * whose index, divided by the number of blocks, leaves its own number.
 *
 * @param block its number
 * @param starts where the pairs of each row begin, and where the last ones end
 * @param at by pair: place of the other side's vector among those that this block needs
 * @param strength by pair
 * @param needed by block of the other side: which of its rows are needed here, ascending; their
 *     vectors are placed in this order
 */
record Links(int block, int[] starts, int[] at, float[] strength, int[][] needed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The links of a block; pairs come in any order, each once, and are read by row and index. */
  static Links of(Pairs pairs, int blocks) {
    int size = pairs.size();
    int rows = 0;
    for (int pair = 0; pair < size; pair++) {
      rows = Math.max(rows, 1 + pairs.own(pair) / blocks);
    }
    int[] starts = new int[rows + 1];
    long[] others = new long[size];
    for (int pair = 0; pair < size; pair++) {
      starts[1 + pairs.own(pair) / blocks]++;
      others[pair] = key(pairs.other(pair), blocks);
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    others = Arrays.stream(others).sorted().distinct().toArray();
    int[] at = new int[size];
    float[] strength = new float[size];
    long[] order = byRow(pairs, starts, others, blocks);
    for (int place = 0; place < size; place++) {
      at[place] = (int) (order[place] >> 32);
      strength[place] = pairs.strength((int) order[place]);
    }
    return new Links(pairs.block(), starts, at, strength, needed(others, blocks));
  }

  /** Pairs by row, those of a row by place: the place of the other side's vector, and the pair. */
  private static long[] byRow(Pairs pairs, int[] starts, long[] others, int blocks) {
    long[] order = new long[pairs.size()];
    int[] next = starts.clone();
    for (int pair = 0; pair < order.length; pair++) {
      int place = Arrays.binarySearch(others, key(pairs.other(pair), blocks));
      order[next[pairs.own(pair) / blocks]++] = (long) place << 32 | pair;
    }
    for (int row = 0; row + 1 < starts.length; row++) {
      Arrays.sort(order, starts[row], starts[row + 1]);
    }
    return order;
  }

  /** The index of a row of a block. */
  static int index(int row, int block, int blocks) {
    return row * blocks + block;
  }

  /** The index of one of its rows. */
  int index(int row) {
    return index(row, block, needed.length);
  }

  /** Rows of this block. */
  int size() {
    return starts.length - 1;
  }

  /** Rows of the other side whose vectors are needed. */
  int needs() {
    return Arrays.stream(needed).mapToInt(rows -> rows.length).sum();
  }

  /**
   * The vectors needed, in their places.
   *
   * @param sent by block of the other side: the vectors of the rows needed from it
   */
  float[] placed(Iterable<Tuple2<Integer, float[]>> sent, int rank) {
    int[] begins = new int[needed.length];
    for (int from = 1; from < needed.length; from++) {
      begins[from] = begins[from - 1] + needed[from - 1].length * rank;
    }
    float[] vectors = new float[needs() * rank];
    for (Tuple2<Integer, float[]> part : sent) {
      System.arraycopy(part._2(), 0, vectors, begins[part._1()], part._2().length);
    }
    return vectors;
  }

  private static long key(int other, int blocks) {
    return (long) (other % blocks) << 32 | other / blocks;
  }

  private static int[][] needed(long[] others, int blocks) {
    return IntStream.range(0, blocks)
        .mapToObj(
            from ->
                Arrays.stream(others).filter(key -> key >> 32 == from).mapToInt(key -> (int) key))
        .map(IntStream::toArray)
        .toArray(int[][]::new);
  }
}
