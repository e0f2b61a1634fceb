package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import org.apache.spark.sql.types.StructType;

/** Table {@code push_log}: what the log of pushes says besides which of them were sent. */
public final class PushLog {
  /** The push was not sent. */
  public static final String DROPPED = "dropped";

  /** The log names the push, and does not say when it was sent. */
  public static final String UNCLEAR = "unclear";

  /** The log says up to when it is complete. */
  public static final String STATED = "stated";

  /** The log does not say up to when it is complete; its newest rows do. */
  public static final String INFERRED = "inferred";

  private static final TableColumns COLUMNS = new TableColumns();

  public static final String KIND =
      COLUMNS.add(
          required(
              "kind",
              StringType,
              "of a push: `dropped` or `unclear`; of files, up to when they are complete: `stated` or `inferred`"));

  public static final String PUSH_ID =
      COLUMNS.add(
          optional("push_id", StringType, "mailer's id").missing("null for a statement of files"));

  public static final String FILE =
      COLUMNS.add(
          optional(
                  "file",
                  StringType,
                  "path of the files, the same for every day: `{date}` stands for it")
              .missing("null for a statement of a push"));

  public static final String AT =
      COLUMNS.add(
          optional("at", TimestampType, "UTC, the moment up to which the files are complete")
              .missing("null for a push, and where nothing is known"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "push_log", 1, "one statement of the push log that is no sent push", Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private PushLog() {}
}
