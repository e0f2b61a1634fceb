package dev.nightjar.features.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Columns are found by name: their order in a transform does not matter. */
class TableTest {
  private static final TableColumns COLUMNS = new TableColumns();
  private static final String USER_ID = COLUMNS.add(required("user_id", StringType, "who"));
  private static final String VIEWS = COLUMNS.add(required("views", LongType, "views, 7 days"));
  private static final String CARTS = COLUMNS.add(required("carts", LongType, "carts, 7 days"));
  private static final String SPEND =
      COLUMNS.add(optional("spend", DoubleType, "shop's currency").missing("null without any"));
  private static final Table TABLE = COLUMNS.table("visitors", 1, "one visitor", Table.KNOWN);

  /** Two columns of equal type in the order that the table does not have. */
  private static Dataset<Row> swapped() {
    StructType schema =
        new StructType()
            .add("carts", LongType)
            .add("views", LongType)
            .add("user_id", StringType)
            .add("spend", DoubleType);
    return TestSpark.dataset(
        schema, List.of(org.apache.spark.sql.RowFactory.create(2L, 9L, "ann", 5.0)));
  }

  @Test
  void selectsColumnsOfEqualTypeByNameWhateverTheirOrder() {
    Row row = TABLE.select(swapped()).first();
    assertEquals(List.of("ann", 9L, 2L, 5.0), rowValues(row));
  }

  @Test
  void valuesGivenInAnyOrderGoToTheirOwnColumns() {
    Dataset<Row> rows = swapped();
    Row row =
        TABLE
            .values()
            .set(CARTS, col("carts").plus(1))
            .set(VIEWS, col("views"))
            .select(rows)
            .first();
    Row other =
        TABLE
            .values()
            .set(VIEWS, col("views"))
            .set(CARTS, col("carts").plus(1))
            .select(rows)
            .first();
    assertEquals(List.of("ann", 9L, 3L, 5.0), rowValues(row));
    assertEquals(rowValues(row), rowValues(other));
  }

  @Test
  void castsValuesToTheDeclaredTypes() {
    Dataset<Row> rows = swapped().withColumn("views", col("views").cast("int"));
    assertEquals(TABLE.schema().fieldNames().length, TABLE.select(rows).columns().length);
    assertEquals("", TABLE.differenceTo(TABLE.select(rows).schema()));
  }

  @Test
  void refusesAValueForAColumnItDoesNotDeclareAndASecondValue() {
    assertEquals(
        "table visitors declares no column vews",
        assertThrows(IllegalArgumentException.class, () -> TABLE.values().set("vews", col("views")))
            .getMessage());
    assertEquals(
        "column views of table visitors is given two values",
        assertThrows(
                IllegalArgumentException.class,
                () -> TABLE.values().set(VIEWS, col("views")).set(VIEWS, col("carts")))
            .getMessage());
  }

  @Test
  void aRowTakesItsValuesByNameAndMustHaveTheRequiredOnes() {
    Row row = TABLE.row().set(CARTS, 2L).set(USER_ID, "ann").set(VIEWS, 9L).build();
    assertEquals(9L, row.<Long>getAs(VIEWS));
    assertEquals(2L, row.<Long>getAs(CARTS));
    assertTrue(row.isNullAt(row.fieldIndex(SPEND)));
    assertEquals(
        "a row of visitors lacks its required column carts",
        assertThrows(
                IllegalStateException.class,
                () -> TABLE.row().set(USER_ID, "ann").set(VIEWS, 9L).build())
            .getMessage());
  }

  @Test
  void aColumnIsDeclaredOnce() {
    TableColumns twice = new TableColumns();
    twice.add(required("user_id", StringType, "who"));
    twice.add(required("user_id", StringType, "who"));
    assertEquals(
        "table visitors declares column user_id twice",
        assertThrows(
                IllegalArgumentException.class,
                () -> twice.table("visitors", 1, "one visitor", Table.KNOWN))
            .getMessage());
  }

  @Test
  void saysWhatDiffersFromOtherSchemas() {
    StructType other = new StructType().add("user_id", StringType).add("views", StringType);
    assertEquals(
        "views is string where bigint is expected; lacks carts; lacks spend; ",
        TABLE.differenceTo(other));
  }

  private static List<Object> rowValues(Row row) {
    return java.util.stream.IntStream.range(0, row.size()).mapToObj(row::get).toList();
  }
}
