package dev.nightjar.features.table;

import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import org.apache.spark.sql.types.StructType;

/** Table {@code suppressions}: one user who must not be contacted as of the end of the day. */
public final class Suppressions {
  /** Whom. */
  public static final String USER_ID = "user_id";

  /** Why: complaint, bounce, unsubscribed, legal hold, ... */
  public static final String REASON = "reason";

  /** UTC time from which it holds; null means always. */
  public static final String SINCE = "since";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(USER_ID, StringType, false)
          .add(REASON, StringType, true)
          .add(SINCE, TimestampType, true);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("suppressions", 1, SCHEMA);

  private Suppressions() {}
}
