package dev.nightjar.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.junit.jupiter.api.Test;

final class ChanceTest {
  private static final long SPARK_SEED = 42;

  private static List<Row> draw(long numbers, Column... draws) {
    return TestSpark.session().range(numbers).select(draws).collectAsList();
  }

  @Test
  void everyDrawIsTheHashOfItsColumnsSeedFirst() {
    Column[] drawn = {lit(7L), col("id")};
    List<Row> rows =
        draw(
            50,
            Chance.lot(drawn),
            Chance.of(drawn),
            Chance.fine(drawn),
            Chance.inMillionths(drawn));
    for (int id = 0; id < rows.size(); id++) {
      Row row = rows.get(id);
      long hash = XXH64.hashLong(id, XXH64.hashLong(7, SPARK_SEED));
      assertEquals(hash, row.getLong(0));
      assertEquals(Math.floorMod(hash, 1L << 30) / (double) (1L << 30), row.getDouble(1));
      assertEquals((hash >>> 11) * 0x1p-53, row.getDouble(2));
      assertEquals(Math.floorMod(hash, 1_000_000L), row.getLong(3));
    }
  }

  @Test
  void drawsAreUniformAndAnotherSeedDrawsOthers() {
    List<Row> rows =
        draw(
            20_000,
            Chance.of(lit(1L), col("id")),
            Chance.fine(lit(1L), col("id")),
            Chance.of(lit(2L), col("id")));
    for (int draw = 0; draw < 3; draw++) {
      int column = draw;
      // A mean of 20,000 draws is off by 0.002, one standard error.
      assertEquals(
          0.5,
          rows.stream().mapToDouble(row -> row.getDouble(column)).average().orElseThrow(),
          0.01);
    }
    assertNotEquals(rows.get(0).getDouble(0), rows.get(0).getDouble(2));
  }
}
