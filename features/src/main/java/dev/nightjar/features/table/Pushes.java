package dev.nightjar.features.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code pushes}: one push to one user, sent before the end of the day; what happened to it
 * later is not yet known and null.
 */
public final class Pushes {
  /** Mailer's id. */
  public static final String PUSH_ID = "push_id";

  /** To whom. */
  public static final String USER_ID = "user_id";

  /** Which item it showed first. */
  public static final String ITEM_ID = "item_id";

  /** Which text. */
  public static final String TEMPLATE_ID = "template_id";

  /** UTC time it was sent. */
  public static final String SENT_AT = "sent_at";

  /** UTC time it reached the device. */
  public static final String DELIVERED_AT = "delivered_at";

  /** UTC time it was opened. */
  public static final String OPENED_AT = "opened_at";

  /** UTC time it was clicked. */
  public static final String CLICKED_AT = "clicked_at";

  /** UTC time the user turned pushes off from it. */
  public static final String UNSUBSCRIBED_AT = "unsubscribed_at";

  /** Chance that the policy in force would have sent exactly this. */
  public static final String PROPENSITY = "propensity";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(PUSH_ID, StringType, false)
          .add(USER_ID, StringType, false)
          .add(ITEM_ID, StringType, true)
          .add(TEMPLATE_ID, StringType, true)
          .add(SENT_AT, TimestampType, false)
          .add(DELIVERED_AT, TimestampType, true)
          .add(OPENED_AT, TimestampType, true)
          .add(CLICKED_AT, TimestampType, true)
          .add(UNSUBSCRIBED_AT, TimestampType, true)
          .add(PROPENSITY, DoubleType, true);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("pushes", 1, SCHEMA);

  private Pushes() {}
}
