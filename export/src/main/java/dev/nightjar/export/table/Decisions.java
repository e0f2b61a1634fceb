package dev.nightjar.export.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.nightjar.features.table.Table;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code decisions}: one user considered: the ledger that answers why someone got this or
 * nothing.
 */
public final class Decisions {
  /** Who. */
  public static final String USER_ID = "user_id";

  /**
   * {@code send} or why not, the first that holds of: {@code no_consent}, {@code suppressed},
   * {@code no_items}, {@code quiet_hours}, {@code weekly_cap}, {@code daily_cap}, {@code min_gap},
   * {@code low_value}, {@code control}.
   */
  public static final String DECISION = "decision";

  /** The figures behind it, in words. */
  public static final String DETAIL = "detail";

  /** {@code best}, {@code explore}, {@code control} or {@code none}. */
  public static final String ARM = "arm";

  /** Chance that tonight's policy would have made exactly this decision. */
  public static final String PROPENSITY = "propensity";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(USER_ID, StringType, false)
          .add(DECISION, StringType, false)
          .add(DETAIL, StringType, false)
          .add(ARM, StringType, false)
          .add(PROPENSITY, DoubleType, false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("decisions", 1, SCHEMA);

  private Decisions() {}
}
