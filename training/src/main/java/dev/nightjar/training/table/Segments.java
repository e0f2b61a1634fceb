package dev.nightjar.training.table;

import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import org.apache.spark.sql.types.StructType;

/** Table {@code segments}: one group of users with similar tastes; none where the shop is small. */
public final class Segments {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String SEGMENT =
      COLUMNS.add(required("segment", IntegerType, "from 0, largest first"));

  public static final String NAME =
      COLUMNS.add(required("name", StringType, "its first three categories or words"));

  public static final String USERS = COLUMNS.add(required("users", LongType, "users in it"));

  public static final String TOP_CATEGORIES =
      COLUMNS.add(
          required(
              "top_categories",
              createArrayType(StringType),
              "category paths, or words of titles, that they prefer more than other users, strongest first"));

  public static final String SILHOUETTE =
      COLUMNS.add(
          required("silhouette", DoubleType, "-1 to 1: mean over a sample of its users")
              .normalised("cosine distance"));

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "segments",
          1,
          "one group of users with similar tastes; none where the shop is small",
          Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private Segments() {}
}
