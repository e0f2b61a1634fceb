package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.Input.OPTIONAL;
import static dev.nightjar.features.table.TableColumn.Input.REQUIRED;
import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import java.util.List;
import org.apache.spark.sql.types.StructType;

/** Table {@code users}: one user the shop knows at the end of the day. */
public final class Users {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID =
      COLUMNS.add(required("user_id", StringType, "shop's id").filledBy(REQUIRED));

  public static final String ZONE =
      COLUMNS.add(
          required("zone", StringType, "IANA zone")
              .missing("the shop's zone where the user's is absent or unknown")
              .filledBy(OPTIONAL));

  public static final String IS_ZONE_KNOWN =
      COLUMNS.add(
          required(
              "is_zone_known",
              BooleanType,
              "false where `zone` is the shop's because the user's is missing or invalid"));

  public static final String LOCALE =
      COLUMNS.add(optional("locale", StringType, "such as `en-GB`").filledBy(OPTIONAL));

  public static final String CREATED_AT =
      COLUMNS.add(
          optional("created_at", TimestampType, "UTC, registration, else first event")
              .missing("null where neither is known: assumed to have always been there")
              .filledBy(OPTIONAL));

  public static final String HAS_CONSENT =
      COLUMNS.add(
          required("has_consent", BooleanType, "may be sent pushes")
              .missing("`shop.consent_by_default` where the shop does not say"));

  public static final String CONSENT =
      COLUMNS.addInput(
          optional("consent", BooleanType, "whether the user agreed to pushes").filledBy(OPTIONAL));

  public static final String QUIET_FROM =
      COLUMNS.add(
          optional("quiet_from", StringType, "local `HH:mm`")
              .missing("null means the policy's, as does that of `quiet_to`")
              .filledBy(OPTIONAL));

  public static final String QUIET_TO =
      COLUMNS.add(
          optional("quiet_to", StringType, "local `HH:mm`, up to `24:00`")
              .missing("null means the policy's")
              .filledBy(OPTIONAL));

  public static final String ATTRIBUTES =
      COLUMNS.add(
          optional(
                  "attributes",
                  createMapType(StringType, StringType),
                  "whatever else the shop reports")
              .filledBy(OPTIONAL));

  public static final String UPDATED_AT =
      COLUMNS.addInput(
          optional(
                  "updated_at",
                  TimestampType,
                  "UTC, when the row became known, else the day of its file")
              .filledBy(OPTIONAL));

  /** What a mapping of the shop can fill. */
  public static final List<TableColumn> INPUT = COLUMNS.inputs();

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table("users", 1, "one user the shop knows", Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private Users() {}
}
