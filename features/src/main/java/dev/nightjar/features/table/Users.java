package dev.nightjar.features.table;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import org.apache.spark.sql.types.StructType;

/** Table {@code users}: one user the shop knows at the end of the day. */
public final class Users {
  /** Shop's id. */
  public static final String USER_ID = "user_id";

  /** IANA zone of the user; the shop's zone where the user's is absent or unknown. */
  public static final String ZONE = "zone";

  /** False where {@link #ZONE} is the shop's for want of a valid one. */
  public static final String IS_ZONE_KNOWN = "is_zone_known";

  /** Language and country, such as {@code en-GB}. */
  public static final String LOCALE = "locale";

  /** UTC time of registration, else of the first event. */
  public static final String CREATED_AT = "created_at";

  /** May be sent pushes; by config where the shop does not say. */
  public static final String HAS_CONSENT = "has_consent";

  /**
   * Local time {@code HH:mm} from which the user is not to be disturbed; null means the policy's.
   */
  public static final String QUIET_FROM = "quiet_from";

  /**
   * Local time {@code HH:mm} until which the user is not to be disturbed; null means the policy's.
   */
  public static final String QUIET_TO = "quiet_to";

  /** Whatever else the shop tells. */
  public static final String ATTRIBUTES = "attributes";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(USER_ID, StringType, false)
          .add(ZONE, StringType, false)
          .add(IS_ZONE_KNOWN, BooleanType, false)
          .add(LOCALE, StringType, true)
          .add(CREATED_AT, TimestampType, true)
          .add(HAS_CONSENT, BooleanType, false)
          .add(QUIET_FROM, StringType, true)
          .add(QUIET_TO, StringType, true)
          .add(ATTRIBUTES, createMapType(StringType, StringType), true);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("users", 1, SCHEMA);

  private Users() {}
}
