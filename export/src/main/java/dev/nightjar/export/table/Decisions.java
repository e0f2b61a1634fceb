package dev.nightjar.export.table;

import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import org.apache.spark.sql.types.StructType;

/** Table {@code decisions}: one user considered, and why the user got this push or nothing. */
public final class Decisions {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String DECISION =
      COLUMNS.add(required("decision", StringType, "`send`, or the rule that prevents it"));

  public static final String DETAIL =
      COLUMNS.add(required("detail", StringType, "the figures behind it, in words"));

  public static final String ARM =
      COLUMNS.add(required("arm", StringType, "`best`, `explore`, `control` or `none`"));

  public static final String PROPENSITY =
      COLUMNS.add(
          required(
              "propensity",
              DoubleType,
              "above 0, at most 1: chance that this policy would have made exactly this decision"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "decisions",
          1,
          "one user considered: why the user got this push, or nothing",
          Table.PLAN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private Decisions() {}
}
