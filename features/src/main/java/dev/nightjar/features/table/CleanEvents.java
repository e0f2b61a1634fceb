package dev.nightjar.features.table;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code clean_events}: one row per shop event that passed cleaning; a partition holds the
 * events of one shop-local day.
 */
public final class CleanEvents {
  /** Shop's id, or a digest of the row's columns where the shop gives none. */
  public static final String EVENT_ID = "event_id";

  /** Who acted. */
  public static final String USER_ID = "user_id";

  /** On which item; null for {@code app_open}. */
  public static final String ITEM_ID = "item_id";

  /** One of {@link EventTypes}. */
  public static final String EVENT_TYPE = "event_type";

  /** UTC time the event happened, not the time it was received. */
  public static final String EVENT_TIME = "event_time";

  /** Shop's session, or one cut by a gap without events of that user. */
  public static final String SESSION_ID = "session_id";

  /** Price of one unit in the shop's currency. */
  public static final String PRICE = "price";

  /** Units, at least 1. */
  public static final String QUANTITY = "quantity";

  /** The user's rating as the shop scales it; null unless the event is a rating. */
  public static final String RATING = "rating";

  /** Search words. */
  public static final String QUERY = "query";

  /** Device or platform. */
  public static final String DEVICE = "device";

  /** Page or placement. */
  public static final String SCENE = "scene";

  /** Calendar day in the zone that was known of the user when the day was cleaned. */
  public static final String LOCAL_DATE = "local_date";

  /** Hour of day in the user's zone, 0 to 23. */
  public static final String LOCAL_HOUR = "local_hour";

  /** Hour of week in the user's zone, 0 is Monday 00h. */
  public static final String HOUR_OF_WEEK = "hour_of_week";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(EVENT_ID, StringType, false)
          .add(USER_ID, StringType, false)
          .add(ITEM_ID, StringType, true)
          .add(EVENT_TYPE, StringType, false)
          .add(EVENT_TIME, TimestampType, false)
          .add(SESSION_ID, StringType, false)
          .add(PRICE, DoubleType, true)
          .add(QUANTITY, IntegerType, false)
          .add(RATING, DoubleType, true)
          .add(QUERY, StringType, true)
          .add(DEVICE, StringType, true)
          .add(SCENE, StringType, true)
          .add(LOCAL_DATE, DateType, false)
          .add(LOCAL_HOUR, IntegerType, false)
          .add(HOUR_OF_WEEK, IntegerType, false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("clean_events", 1, SCHEMA);

  private CleanEvents() {}
}
