package dev.nightjar.training.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.nightjar.features.table.Table;
import org.apache.spark.sql.types.StructType;

/** Table {@code user_segments}: the segment of one user whose history tells a taste. */
public final class UserSegments {
  /** Who. */
  public static final String USER_ID = "user_id";

  /** {@link Segments#SEGMENT}. */
  public static final String SEGMENT = "segment";

  /** {@link Segments#NAME}. */
  public static final String SEGMENT_NAME = "segment_name";

  /** Cosine distance to the middle of the segment, 0 to 1. */
  public static final String DISTANCE = "distance";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(USER_ID, StringType, false)
          .add(SEGMENT, IntegerType, false)
          .add(SEGMENT_NAME, StringType, false)
          .add(DISTANCE, DoubleType, false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("user_segments", 1, SCHEMA);

  private UserSegments() {}
}
