package dev.nightjar.training.table;

import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code user_factors}: one user known to the ALS model, with the dense index it was trained
 * under.
 */
public final class UserFactors {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String USER_INDEX =
      COLUMNS.add(required("user_index", IntegerType, "dense, from 0, in order of `user_id`"));

  public static final String FACTORS =
      COLUMNS.add(
          required("factors", createArrayType(FloatType), "`als.rank` numbers")
              .normalised("raw; not of unit length"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table("user_factors", 1, "one user known to the ALS model", Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private UserFactors() {}
}
