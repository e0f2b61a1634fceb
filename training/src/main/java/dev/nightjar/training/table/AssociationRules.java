package dev.nightjar.training.table;

import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code association_rules}: one rule, that baskets with some items often hold another one
 * too.
 */
public final class AssociationRules {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String ANTECEDENT =
      COLUMNS.add(
          required("antecedent", createArrayType(StringType), "item ids in alphabetical order"));

  public static final String CONSEQUENT =
      COLUMNS.add(required("consequent", StringType, "item id"));

  public static final String SUPPORT =
      COLUMNS.add(
          required("support", DoubleType, "0 to 1: share of baskets with all items of the rule")
              .normalised("baskets above `candidates.rules_basket_items` count in part"));

  public static final String CONFIDENCE =
      COLUMNS.add(
          required(
              "confidence",
              DoubleType,
              "0 to 1: share of the antecedent's baskets that hold the consequent"));

  public static final String LIFT =
      COLUMNS.add(
          required(
              "lift",
              DoubleType,
              "above 1: confidence over the share of all baskets that hold the consequent"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "association_rules",
          1,
          "one rule: baskets with the antecedent often hold the consequent too",
          Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private AssociationRules() {}
}
