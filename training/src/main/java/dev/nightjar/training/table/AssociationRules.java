package dev.nightjar.training.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import org.apache.spark.sql.types.StructType;

/** Table {@code association_rules}: who has this in the basket often has that in it too. */
public final class AssociationRules {
  /** Items in the basket, in order of id. */
  public static final String ANTECEDENT = "antecedent";

  /** Item that goes with them. */
  public static final String CONSEQUENT = "consequent";

  /** Share of all baskets that hold both. */
  public static final String SUPPORT = "support";

  /** Share of the antecedent's baskets that hold the consequent too. */
  public static final String CONFIDENCE = "confidence";

  /** Confidence over the share of all baskets that hold the consequent; 1 is chance. */
  public static final String LIFT = "lift";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(ANTECEDENT, createArrayType(StringType), false)
          .add(CONSEQUENT, StringType, false)
          .add(SUPPORT, DoubleType, false)
          .add(CONFIDENCE, DoubleType, false)
          .add(LIFT, DoubleType, false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("association_rules", 1, SCHEMA);

  private AssociationRules() {}
}
