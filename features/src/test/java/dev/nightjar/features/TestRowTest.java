package dev.nightjar.features;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TestRowTest {
  private static final StructType POINT =
      new StructType().add("x", DoubleType, false).add("label", StringType, true);
  private static final StructType SCHEMA =
      new StructType()
          .add("user", StringType, false)
          .add("price", DoubleType, true)
          .add("count", LongType, false)
          .add("sure", BooleanType, false)
          .add("at", TimestampType, true)
          .add("day", DateType, true)
          .add("words", createArrayType(StringType), false)
          .add("shares", createMapType(StringType, DoubleType), false)
          .add("points", createArrayType(POINT), true);

  @Test
  void aRowGoesToSparkAndComesBackAsItWasSet() {
    Row row =
        TestRow.of(SCHEMA)
            .set("shares", Map.of("tea", 0.5))
            .set("words", List.of("a", "b"))
            .set("user", "ann")
            .set("at", Instant.parse("2026-03-01T10:00:00Z"))
            .set("day", LocalDate.parse("2026-03-01"))
            .set("points", List.of(TestRow.of(POINT).set("x", 2.0)))
            .zeros()
            .row();
    Row back = TestSpark.dataset(SCHEMA, List.of(row)).first();

    assertEquals(row, back);
    assertEquals("ann", back.getAs("user"));
    assertEquals(0L, back.<Long>getAs("count"));
    assertEquals(Timestamp.from(Instant.parse("2026-03-01T10:00:00Z")), back.getAs("at"));
    assertEquals(Date.valueOf("2026-03-01"), back.getAs("day"));
    assertEquals(List.of("a", "b"), row.getList(row.fieldIndex("words")));
    assertEquals(Map.of("tea", 0.5), row.getJavaMap(row.fieldIndex("shares")));
    assertEquals(2.0, row.<Row>getList(row.fieldIndex("points")).get(0).<Double>getAs("x"));
  }

  @Test
  void whatDoesNotFitFailsAtOnce() {
    TestRow row = TestRow.of(SCHEMA);
    assertRefused("no column usr", () -> row.set("usr", "ann"));
    assertRefused("price is of double and takes a Double", () -> row.set("price", 1));
    assertRefused("words is of array<string>", () -> row.set("words", "a"));
    assertRefused("words is of string", () -> row.set("words", Arrays.asList("a", 1)));
    assertRefused("points takes a row", () -> row.set("points", List.of(row.zeros())));
    assertRefused("user is required", row::row);
  }

  @Test
  void aBuilderIsImmutable() {
    TestRow ann = TestRow.of(SCHEMA).set("user", "ann").zeros();
    assertEquals("bob", ann.set("user", "bob").row().getAs("user"));
    assertEquals("ann", ann.row().getAs("user"));
  }

  @Test
  void aRowOfAnotherTableMakesNoDataset() {
    Row row = TestRow.of(POINT).set("x", 1.0).row();
    StructType swapped = new StructType().add("label", StringType).add("x", DoubleType);
    assertRefused("a row of", () -> TestSpark.dataset(swapped, List.of(row)));
  }

  private static void assertRefused(String why, org.junit.jupiter.api.function.Executable set) {
    String message = assertThrows(IllegalArgumentException.class, set).getMessage();
    assertEquals(why, message.substring(0, Math.min(why.length(), message.length())), message);
  }
}
