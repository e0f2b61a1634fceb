package dev.nightjar.training.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import org.apache.spark.sql.types.StructType;

/** Table {@code segments}: one group of users with like tastes; none where the shop is small. */
public final class Segments {
  /** From 0, largest first. */
  public static final String SEGMENT = "segment";

  /** What sets it apart, in words. */
  public static final String NAME = "name";

  /** Users in it. */
  public static final String USERS = "users";

  /** Categories, or words of titles, that its users favour over others, strongest first. */
  public static final String TOP_CATEGORIES = "top_categories";

  /** Mean silhouette of its users among all segments, -1 to 1, cosine distance. */
  public static final String SILHOUETTE = "silhouette";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(SEGMENT, IntegerType, false)
          .add(NAME, StringType, false)
          .add(USERS, LongType, false)
          .add(TOP_CATEGORIES, createArrayType(StringType), false)
          .add(SILHOUETTE, DoubleType, false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("segments", 1, SCHEMA);

  private Segments() {}
}
