package dev.nightjar.export.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.nightjar.features.table.Table;
import org.apache.spark.sql.types.StructType;

/** Table {@code send_hours}: one local hour of week of a user, 168 rows a user. */
public final class SendHours {
  /** Whose hour. */
  public static final String USER_ID = "user_id";

  /** Hour in the user's zone, 0 is Monday 00h. */
  public static final String HOUR_OF_WEEK = "hour_of_week";

  /** Chance that a push sent in that hour is opened. */
  public static final String OPEN_PROBABILITY = "open_probability";

  /**
   * Deepest level that had data: {@code user_pushes}, {@code user_activity}, {@code segment} or
   * {@code shop}.
   */
  public static final String EVIDENCE = "evidence";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(USER_ID, StringType, false)
          .add(HOUR_OF_WEEK, IntegerType, false)
          .add(OPEN_PROBABILITY, DoubleType, false)
          .add(EVIDENCE, StringType, false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("send_hours", 1, SCHEMA);

  private SendHours() {}
}
