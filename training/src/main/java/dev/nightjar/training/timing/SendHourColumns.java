package dev.nightjar.training.timing;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.types.StructType;

/**
 * What {@link SendTimeTrainer} gives: one local hour of week of a user, 168 rows a user. Names and
 * types are those of the public table {@code send_hours}.
 */
public final class SendHourColumns {
  /** Whose hour. */
  public static final String USER_ID = "user_id";

  /** Hour in the user's zone, 0 is Monday 00h. */
  public static final String HOUR_OF_WEEK = "hour_of_week";

  /** Chance that a push sent in that hour is opened, above 0 and below 1. */
  public static final String OPEN_PROBABILITY = "open_probability";

  /** Deepest level that had data, one of the constants below. */
  public static final String EVIDENCE = "evidence";

  /** The user was sent pushes whose outcome is known. */
  public static final String USER_PUSHES = "user_pushes";

  /** The user has sessions but no such pushes. */
  public static final String USER_ACTIVITY = "user_activity";

  /** The user has nothing, users of the same segment have. */
  public static final String SEGMENT = "segment";

  /** Neither user nor segment has anything. */
  public static final String SHOP = "shop";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(USER_ID, StringType, false)
          .add(HOUR_OF_WEEK, IntegerType, false)
          .add(OPEN_PROBABILITY, DoubleType, false)
          .add(EVIDENCE, StringType, false);

  private SendHourColumns() {}
}
