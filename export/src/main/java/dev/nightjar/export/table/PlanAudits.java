package dev.nightjar.export.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;

/** Table {@code plan_audit}: one rule that the plan was checked against before it was published. */
public final class PlanAudits {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String RULE = COLUMNS.add(required("rule", StringType, "name of the rule"));

  public static final String MEANING =
      COLUMNS.add(required("meaning", StringType, "what holds of a plan that keeps it"));

  public static final String CHECKED =
      COLUMNS.add(required("checked", LongType, "rows that were checked"));

  public static final String VIOLATIONS =
      COLUMNS.add(required("violations", LongType, "0 in a plan that was published"));

  public static final String EXAMPLE =
      COLUMNS.add(
          optional("example", StringType, "a push or a user that breaks it")
              .missing("null where none does"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table("plan_audit", 1, "one rule that the plan was checked against", Table.PLAN);

  private PlanAudits() {}
}
