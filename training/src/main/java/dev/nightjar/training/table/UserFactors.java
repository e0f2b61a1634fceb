package dev.nightjar.training.table;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code user_factors}: one user known to the ALS model, with the dense index it was trained
 * under.
 */
public final class UserFactors {
  /** Shop's id. */
  public static final String USER_ID = "user_id";

  /** Dense index from 0, in order of user_id. */
  public static final String USER_INDEX = "user_index";

  /** Latent vector, als.rank numbers. */
  public static final String FACTORS = "factors";

  /** Columns in written order. */
  public static final StructType SCHEMA =
      new StructType()
          .add(USER_ID, StringType, false)
          .add(USER_INDEX, IntegerType, false)
          .add(FACTORS, createArrayType(FloatType), false);

  /** Name, version and columns. */
  public static final Table TABLE = new Table("user_factors", 1, SCHEMA);

  private UserFactors() {}
}
