package dev.nightjar.features.table;

import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code rejected_events}: one row of a source that was refused, with the reason; a partition
 * holds what was refused for one shop-local day.
 */
public final class RejectedEvents {
  /** One of {@code RejectReason}, in snake_case. */
  public static final String REASON = "reason";

  /** The source row: the raw text where it could not be split, else its columns as JSON. */
  public static final String RAW = "raw";

  /** File it was read from. */
  public static final String SOURCE_PATH = "source_path";

  /** UTC time of the event where one could be read. */
  public static final String EVENT_TIME = "event_time";

  /** Who acted, where it could be read. */
  public static final String USER_ID = "user_id";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(REASON, StringType, false)
          .add(RAW, StringType, false)
          .add(SOURCE_PATH, StringType, true)
          .add(EVENT_TIME, TimestampType, true)
          .add(USER_ID, StringType, true);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("rejected_events", 1, SCHEMA);

  private RejectedEvents() {}
}
