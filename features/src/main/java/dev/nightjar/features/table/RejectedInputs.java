package dev.nightjar.features.table;

import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.types.StructType;

/**
 * Table {@code rejected_inputs}: one row of the items, users, pushes or suppressions that was
 * refused, in whole or in one column, with the reason.
 */
public final class RejectedInputs {
  /** Which input: items, users, pushes or suppressions. */
  public static final String INPUT = "input";

  /** Why, in snake_case; of {@code unknown_zone} and {@code invalid_quiet_hours} only the value. */
  public static final String REASON = "reason";

  /** The source row: the raw text where it could not be split, else its columns as JSON. */
  public static final String RAW = "raw";

  /** File it was read from. */
  public static final String SOURCE_PATH = "source_path";

  /** Whose, where it could be read. */
  public static final String USER_ID = "user_id";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(INPUT, StringType, false)
          .add(REASON, StringType, false)
          .add(RAW, StringType, false)
          .add(SOURCE_PATH, StringType, true)
          .add(USER_ID, StringType, true);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("rejected_inputs", 1, SCHEMA);

  private RejectedInputs() {}
}
