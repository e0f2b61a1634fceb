package dev.nightjar.training.table;

import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import org.apache.spark.sql.types.StructType;

/** Table {@code user_segments}: the segment of one user whose history shows a taste. */
public final class UserSegments {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String SEGMENT =
      COLUMNS.add(required("segment", IntegerType, "`segments.segment`"));

  public static final String SEGMENT_NAME =
      COLUMNS.add(required("segment_name", StringType, "`segments.name`"));

  public static final String DISTANCE =
      COLUMNS.add(
          required("distance", DoubleType, "0 to 1: to the middle of the segment")
              .normalised("cosine distance"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "user_segments", 1, "the segment of one user whose history shows a taste", Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private UserSegments() {}
}
