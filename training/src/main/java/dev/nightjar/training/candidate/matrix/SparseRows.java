package dev.nightjar.training.candidate.matrix;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A sparse matrix, row after row: entry e of row r has {@code start(r) <= e < end(r)}, column
 * {@code column(e)} and value {@code value(e)}. Eight bytes an entry.
 */
public final class SparseRows implements Serializable {
  private static final long serialVersionUID = 1L;

  final int[] starts;
  final int[] columns;
  final float[] values;
  final int columnCount;

  private SparseRows(int[] starts, int[] columns, float[] values, int columnCount) {
    this.starts = starts;
    this.columns = columns;
    this.values = values;
    this.columnCount = columnCount;
  }

  /** First entry of a row. */
  public int start(int row) {
    return starts[row];
  }

  /** The entry after the last one of a row. */
  public int end(int row) {
    return starts[row + 1];
  }

  public int column(int entry) {
    return columns[entry];
  }

  public float value(int entry) {
    return values[entry];
  }

  /** Columns of a row's entries, as a copy. */
  public int[] columnsOf(int row) {
    return Arrays.copyOfRange(columns, starts[row], starts[row + 1]);
  }

  /** Entries of all rows. */
  public int entryCount() {
    return columns.length;
  }

  public int columnCount() {
    return columnCount;
  }

  public int rowCount() {
    return starts.length - 1;
  }

  /** Entries of a row. */
  public int size(int row) {
    return starts[row + 1] - starts[row];
  }

  /** Rows for columns; within a new row, the old rows ascend. */
  public SparseRows transposed() {
    int[] turnedStarts = new int[columnCount + 1];
    for (int column : columns) {
      turnedStarts[column + 1]++;
    }
    for (int column = 0; column < columnCount; column++) {
      turnedStarts[column + 1] += turnedStarts[column];
    }
    int[] next = Arrays.copyOf(turnedStarts, columnCount);
    int[] turnedColumns = new int[columns.length];
    float[] turnedValues = new float[columns.length];
    for (int row = 0; row < rowCount(); row++) {
      for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
        int place = next[columns[entry]]++;
        turnedColumns[place] = row;
        turnedValues[place] = values[entry];
      }
    }
    return new SparseRows(turnedStarts, turnedColumns, turnedValues, rowCount());
  }

  /** The same with rows of length 1; a row of zeros stays. */
  public SparseRows unitRows() {
    float[] scaled = new float[values.length];
    for (int row = 0; row < rowCount(); row++) {
      double squares = 0;
      for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
        squares += (double) values[entry] * values[entry];
      }
      double length = squares == 0 ? 1 : Math.sqrt(squares);
      for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
        scaled[entry] = (float) (values[entry] / length);
      }
    }
    return new SparseRows(starts, columns, scaled, columnCount);
  }

  /** The same entries with other values. */
  SparseRows withValues(float[] others) {
    return new SparseRows(starts, columns, others, columnCount);
  }

  /** Rows with at least one entry. */
  public SparseRows withoutEmptyRows() {
    return keep(IntStream.range(0, rowCount()).filter(row -> size(row) > 0));
  }

  /** At most {@code most} rows, evenly spaced. */
  public SparseRows everyRow(int most) {
    int kept = Math.min(most, rowCount());
    return keep(IntStream.range(0, kept).map(place -> (int) ((long) place * rowCount() / kept)));
  }

  private SparseRows keep(IntStream rows) {
    Builder kept = new Builder();
    rows.forEach(
        row -> {
          for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
            kept.add(columns[entry], values[entry]);
          }
          kept.endRow();
        });
    return kept.build(columnCount);
  }

  /** Product of two rows, whose columns must ascend. */
  public double product(int left, int right) {
    double product = 0;
    int l = starts[left];
    int r = starts[right];
    while (l < starts[left + 1] && r < starts[right + 1]) {
      if (columns[l] == columns[r]) {
        product += (double) values[l++] * values[r++];
      } else if (columns[l] < columns[r]) {
        l++;
      } else {
        r++;
      }
    }
    return product;
  }

  /** Takes entries row by row. */
  public static final class Builder {
    private int[] starts = new int[16];
    private int[] columns = new int[16];
    private float[] values = new float[16];
    private int rows;
    private int entries;

    public Builder add(int column, double value) {
      if (entries == columns.length) {
        columns = Arrays.copyOf(columns, 2 * entries);
        values = Arrays.copyOf(values, 2 * entries);
      }
      columns[entries] = column;
      values[entries++] = (float) value;
      return this;
    }

    public Builder endRow() {
      if (rows + 1 == starts.length) {
        starts = Arrays.copyOf(starts, 2 * starts.length);
      }
      starts[++rows] = entries;
      return this;
    }

    public SparseRows build(int columnCount) {
      return new SparseRows(
          Arrays.copyOf(starts, rows + 1),
          Arrays.copyOf(columns, entries),
          Arrays.copyOf(values, entries),
          columnCount);
    }
  }
}
