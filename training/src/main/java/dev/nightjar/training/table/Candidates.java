package dev.nightjar.training.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import org.apache.spark.sql.types.StructType;

/** Table {@code candidates}: one item that at least one source proposes to a user for tomorrow. */
public final class Candidates {
  /** To whom. */
  public static final String USER_ID = "user_id";

  /** Which item. */
  public static final String ITEM_ID = "item_id";

  /** Names of the sources that proposed it, in alphabetical order. */
  public static final String SOURCES = "sources";

  /** Score of source {@code repeat}; null where it did not propose the pair. */
  public static final String REPEAT_SCORE = "repeat_score";

  /** Score of source {@code abandoned}; null where it did not propose the pair. */
  public static final String ABANDONED_SCORE = "abandoned_score";

  /** Dot product of the ALS factors; null where user or item has none. */
  public static final String ALS_SCORE = "als_score";

  /** Score of source {@code popular}; null where it did not propose the pair. */
  public static final String POPULAR_SCORE = "popular_score";

  /** Score of source {@code trending}; null where it did not propose the pair. */
  public static final String TRENDING_SCORE = "trending_score";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(USER_ID, StringType, false)
          .add(ITEM_ID, StringType, false)
          .add(SOURCES, createArrayType(StringType), false)
          .add(REPEAT_SCORE, DoubleType, true)
          .add(ABANDONED_SCORE, DoubleType, true)
          .add(ALS_SCORE, DoubleType, true)
          .add(POPULAR_SCORE, DoubleType, true)
          .add(TRENDING_SCORE, DoubleType, true);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("candidates", 1, SCHEMA);

  private Candidates() {}
}
