package dev.nightjar.training.candidate.matrix;

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
public final class NeighbourSearch {
  private static final int LARGEST_BLOCK = 4096;
  private static final int BLOCKS_PER_CORE = 4;

  private NeighbourSearch() {}

  /** What is scanned; shared by all tasks, so it must not hold the state of a scan. */
  public interface Scannable extends Serializable {
    int rowCount();

    int columnCount();

    /** A scan for one task. */
    Scan scan();
  }

  /** Adds up the similarity of a row to each column. */
  public interface Scan {
    void row(int row, SparseSums into);
  }

  /**
   * Products of rows with each other: the cosine where they have length 1.
   *
   * @param rows the rows
   * @param columns the same, transposed
   */
  public record Products(SparseRows rows, SparseRows columns) implements Scannable {
    public static Products of(SparseRows rows) {
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
        for (int entry = rows.start(row); entry < rows.end(row); entry++) {
          int column = rows.column(entry);
          double value = rows.value(entry);
          for (int other = columns.start(column); other < columns.end(column); other++) {
            if (columns.column(other) != row) {
              into.add(columns.column(other), value * columns.value(other), SparseSums.NO_CAUSE);
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
  public static SparseRows nearest(JavaSparkContext spark, Scannable scannable, int most) {
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
    SparseSums sums = new SparseSums(scannable.columnCount());
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
      for (int entry = part.start(row); entry < part.end(row); entry++) {
        all.add(part.column(entry), part.value(entry));
      }
      all.endRow();
    }
  }
}
