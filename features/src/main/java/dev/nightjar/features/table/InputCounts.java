package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code input_counts}: how many rows of one file of an input broke one rule, or none. The
 * counts of a file add up to its rows.
 */
public final class InputCounts {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String NIGHT = COLUMNS.add(required("night", DateType, "the day of the run"));

  public static final String INPUT =
      COLUMNS.add(required("input", StringType, "`items`, `users`, `pushes` or `suppressions`"));

  public static final String FILE =
      COLUMNS.add(optional("file", StringType, "file they were read from"));

  public static final String REASON =
      COLUMNS.add(
          optional("reason", StringType, "the rule that they broke, see docs/sources.md")
              .missing("null for rows that broke none"));

  public static final String IS_REFUSED =
      COLUMNS.add(required("is_refused", BooleanType, "whether that rule refuses the row"));

  public static final String ROWS = COLUMNS.add(required("rows", LongType, "rows, 1 or more"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "input_counts",
          1,
          "the rows of one file of an input that broke one rule, or none",
          "what was read that night");

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private InputCounts() {}
}
