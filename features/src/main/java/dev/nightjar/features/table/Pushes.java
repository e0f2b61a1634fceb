package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.Input.OPTIONAL;
import static dev.nightjar.features.table.TableColumn.Input.REQUIRED;
import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code pushes}: one push to one user, sent before the end of the day; what happened to it
 * later is not yet known and null.
 */
public final class Pushes {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String PUSH_ID =
      COLUMNS.add(required("push_id", StringType, "mailer's id").filledBy(REQUIRED));

  public static final String USER_ID =
      COLUMNS.add(required("user_id", StringType, "shop's id").filledBy(REQUIRED));

  public static final String ITEM_ID =
      COLUMNS.add(optional("item_id", StringType, "item it showed first").filledBy(OPTIONAL));

  public static final String TEMPLATE_ID =
      COLUMNS.add(optional("template_id", StringType, "text").filledBy(OPTIONAL));

  public static final String SENT_AT =
      COLUMNS.add(required("sent_at", TimestampType, "UTC").filledBy(REQUIRED));

  public static final String DELIVERED_AT =
      COLUMNS.add(
          optional("delivered_at", TimestampType, "UTC")
              .missing("null where not, or not yet")
              .filledBy(OPTIONAL));

  public static final String OPENED_AT =
      COLUMNS.add(
          optional("opened_at", TimestampType, "UTC")
              .missing("null where not, or not yet")
              .filledBy(OPTIONAL));

  public static final String CLICKED_AT =
      COLUMNS.add(
          optional("clicked_at", TimestampType, "UTC")
              .missing("null where not, or not yet")
              .filledBy(OPTIONAL));

  public static final String UNSUBSCRIBED_AT =
      COLUMNS.add(
          optional("unsubscribed_at", TimestampType, "UTC")
              .missing("null where not, or not yet")
              .filledBy(OPTIONAL));

  public static final String PROPENSITY =
      COLUMNS.add(
          optional(
                  "propensity",
                  DoubleType,
                  "above 0, at most 1: chance that the policy in force would have sent exactly this")
              .missing("null where not known")
              .filledBy(OPTIONAL));

  public static final String BOUNCED_AT =
      COLUMNS.addInput(
          optional(
                  "bounced_at",
                  TimestampType,
                  "UTC, when the push service said that the user can no longer be reached")
              .filledBy(OPTIONAL));

  public static final String DROPPED_AT =
      COLUMNS.addInput(
          optional(
                  "dropped_at",
                  TimestampType,
                  "UTC, when the mailer decided not to send it; `sent_at` is then empty")
              .filledBy(OPTIONAL));

  public static final String LOG_COMPLETE_THROUGH =
      COLUMNS.addInput(
          optional(
                  "log_complete_through",
                  TimestampType,
                  "UTC, the moment before which every push that was sent is in the log of this file")
              .filledBy(OPTIONAL));

  /** What a mapping of the shop can fill. */
  public static final List<TableColumn> INPUT = COLUMNS.inputs();

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table("pushes", 1, "one push to one user, sent before the moment", Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private Pushes() {}
}
