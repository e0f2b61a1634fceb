package dev.nightjar.training.candidate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Finds the nearest columns of every row, block by block of rows. Plain Java over a broadcast,
 * since SQL would make a row of every co-occurrence; a task needs the sparse matrix and one dense
 * array, whatever the number of rows.
 */
final class NeighbourSearch {
  private static final int LARGEST_BLOCK = 4096;
  private static final int BLOCKS_PER_CORE = 4;

  private NeighbourSearch() {}

  /** What there is to scan; shared by all tasks, so that it may hold no state of a scan. */
  interface Scannable extends Serializable {
    int rowCount();

    int columnCount();

    /** A scan for one task. */
    Scan scan();
  }

  /** Adds up the similarity of a row to each column. */
  interface Scan {
    void row(int row, Sums into);
  }

  /**
   * Products of rows with each other: the cosine where they have length 1.
   *
   * @param rows the rows
   * @param columns the same, transposed
   */
  record Products(SparseRows rows, SparseRows columns) implements Scannable {
    static Products of(SparseRows rows) {
      return new Products(rows, rows.transposed());
    }

    @Override
    public int rowCount() {
      return rows.rowCount();
    }

    @Override
    public int columnCount() {
      return rows.rowCount();
    }

    @Override
    public Scan scan() {
      return (row, into) -> {
        for (int entry = rows.starts[row]; entry < rows.starts[row + 1]; entry++) {
          int column = rows.columns[entry];
          double value = rows.values[entry];
          for (int other = columns.starts[column]; other < columns.starts[column + 1]; other++) {
            if (columns.columns[other] != row) {
              into.add(columns.columns[other], value * columns.values[other], Sums.NO_CAUSE);
            }
          }
        }
      };
    }
  }

  /**
   * The columns of largest positive similarity, nearest first, ties to the smaller index.
   *
   * @return one row for each of {@code scannable}'s, at most {@code most} entries each
   */
  static SparseRows nearest(JavaSparkContext spark, Scannable scannable, int most) {
    int blockCount =
        Math.max(
            spark.defaultParallelism() * BLOCKS_PER_CORE, scannable.rowCount() / LARGEST_BLOCK + 1);
    List<Block> blocks = new ArrayList<>();
    for (int block = 0; block < blockCount; block++) {
      int from = (int) ((long) scannable.rowCount() * block / blockCount);
      int to = (int) ((long) scannable.rowCount() * (block + 1) / blockCount);
      if (from < to) {
        blocks.add(new Block(from, to));
      }
    }
    SparseRows.Builder all = new SparseRows.Builder();
    if (!blocks.isEmpty()) {
      Broadcast<Scannable> shared = spark.broadcast(scannable);
      List<Found> found =
          new ArrayList<>(
              spark
                  .parallelize(blocks, blocks.size())
                  .map(block -> search(shared.value(), block, most))
                  .collect());
      shared.unpersist();
      found.sort(Comparator.comparingInt(part -> part.block().from()));
      found.forEach(part -> append(part.rows(), all));
    }
    return all.build(scannable.columnCount());
  }

  private record Block(int from, int to) implements Serializable {}

  private record Found(Block block, SparseRows rows) implements Serializable {}

  private static Found search(Scannable scannable, Block block, int most) {
    Scan scan = scannable.scan();
    Sums sums = new Sums(scannable.columnCount());
    Best best = new Best(most);
    SparseRows.Builder rows = new SparseRows.Builder();
    for (int row = block.from(); row < block.to(); row++) {
      sums.clear();
      scan.row(row, sums);
      for (int place = 0; place < sums.size(); place++) {
        int column = sums.item(place);
        if (sums.sum(column) > 0) {
          best.offer(column, sums.sum(column));
        }
      }
      for (int column : best.takeAll()) {
        rows.add(column, Best.rounded(sums.sum(column)));
      }
      rows.endRow();
    }
    return new Found(block, rows.build(scannable.columnCount()));
  }

  private static void append(SparseRows part, SparseRows.Builder all) {
    for (int row = 0; row < part.rowCount(); row++) {
      for (int entry = part.starts[row]; entry < part.starts[row + 1]; entry++) {
        all.add(part.columns[entry], part.values[entry]);
      }
      all.endRow();
    }
  }
}
