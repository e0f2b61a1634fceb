package dev.nightjar.training.table;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code item_factors}: one item known to the ALS model, with the dense index it was trained
 * under.
 */
public final class ItemFactors {
  /** Shop's id. */
  public static final String ITEM_ID = "item_id";

  /** Dense index from 0, in order of item_id. */
  public static final String ITEM_INDEX = "item_index";

  /** Latent vector, als.rank numbers. */
  public static final String FACTORS = "factors";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(ITEM_ID, StringType, false)
          .add(ITEM_INDEX, IntegerType, false)
          .add(FACTORS, createArrayType(FloatType), false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("item_factors", 1, SCHEMA);

  private ItemFactors() {}
}
