package dev.nightjar.export.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import org.apache.spark.sql.types.StructType;

/** Table {@code push_schedule}: one planned push. */
public final class PushSchedule {
  /** A function of (date, user, slot): the same night planned twice never doubles a push. */
  public static final String PUSH_ID = "push_id";

  /** To whom. */
  public static final String USER_ID = "user_id";

  /** Items to show, best first. */
  public static final String ITEMS = "items";

  /** UTC time to send it. */
  public static final String SEND_AT = "send_at";

  /** Hour of day in the user's zone at send_at, 0 to 23. */
  public static final String LOCAL_HOUR = "local_hour";

  /** IANA zone the quiet hours were held in. */
  public static final String ZONE = "zone";

  /** Chance that it is opened. */
  public static final String OPEN_PROBABILITY = "open_probability";

  /**
   * Open probability times the summed value of its items, in the shop's currency where prices are
   * known.
   */
  public static final String EXPECTED_VALUE = "expected_value";

  /** {@code best} or {@code explore}. */
  public static final String ARM = "arm";

  /** Chance that tonight's policy would have made exactly this decision. */
  public static final String PROPENSITY = "propensity";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(PUSH_ID, StringType, false)
          .add(USER_ID, StringType, false)
          .add(ITEMS, createArrayType(StringType), false)
          .add(SEND_AT, TimestampType, false)
          .add(LOCAL_HOUR, IntegerType, false)
          .add(ZONE, StringType, false)
          .add(OPEN_PROBABILITY, DoubleType, false)
          .add(EXPECTED_VALUE, DoubleType, false)
          .add(ARM, StringType, false)
          .add(PROPENSITY, DoubleType, false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("push_schedule", 1, SCHEMA);

  private PushSchedule() {}
}
