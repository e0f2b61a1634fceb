package dev.nightjar.features.refuse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nightjar.features.DataException;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.RejectedRows;
import dev.nightjar.features.table.Users;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final LocalDate D = LocalDate.of(2026, 3, 10);
  private static final Column NIGHT = lit(Date.valueOf(D));

  /** Rules of each kind. */
  private static final Rules RULES =
      new Rules(
          InputTable.USERS,
          List.of(
              Rule.ignore("odd_locale", "not two letters", col(Users.LOCALE).rlike("..."))
                  .blanking(Users.LOCALE),
              Rule.ignore("odd_zone", "no zone", col(Users.ZONE).equalTo("?")).blanking(Users.ZONE),
              Rule.refuse("no_user", "nobody", col(Users.USER_ID).isNull()),
              Rule.refuse("robot", "not a person", col(Users.USER_ID).startsWith("bot"))));

  @Test
  void aRowIsRefusedForTheFirstRuleThatRefusesItWhateverValuesItLosesToo() {
    assertEquals(
        List.of("bot1 robot true", "null no_user true", "u1 null null", "u2 odd_locale false"),
        texts(
            check(
                    user("u1", "UTC", "en"),
                    user("u2", "UTC", "eng"),
                    user("bot1", "?", "eng"),
                    user(null, "?", "en"))
                .selectExpr("user_id", "_broken.reason", "_broken.is_refused")));
  }

  @Test
  void everyValueThatBreaksARuleIsBlankThoughOneReasonIsStated() {
    assertEquals(
        List.of("u1 UTC en", "u2 null null"),
        texts(
            check(user("u1", "UTC", "en"), user("u2", "?", "eng"))
                .where(Checked.isKept())
                .select(Users.USER_ID, Users.ZONE, Users.LOCALE)));
  }

  @Test
  void aRowThatOtherRulesRefusedKeepsTheirReason() {
    Rules later =
        new Rules(InputTable.USERS, List.of(Rule.refuse("later", "all of them", lit(true))));
    assertEquals(
        List.of("bot1 robot true", "u1 later true", "u2 later true"),
        texts(
            later
                .check(check(user("u1", "UTC", "en"), user("u2", "?", "en"), user("bot1", "", "")))
                .selectExpr("user_id", "_broken.reason", "_broken.is_refused")));
  }

  @Test
  void whatBrokeARuleIsStoredWithItsTextAndFile() {
    Dataset<Row> rejected =
        Checked.rejected(
            InputTable.USERS,
            check(user("u1", "UTC", "en"), user("u2", "?", "en"), user("bot1", "", "")),
            NIGHT);
    assertEquals("", RejectedRows.TABLE.differenceTo(rejected.drop(Checked.DAY).schema()));
    assertEquals(
        List.of(
            "users odd_zone file.csv u2,?,en null u2 2026-03-10",
            "users robot file.csv bot1,, null bot1 2026-03-10"),
        texts(rejected));
  }

  @Test
  void countsAreThoseOfTheKeptAndTheRefusedRows() {
    Row[] rows =
        IntStream.range(0, 60)
            .mapToObj(i -> user(i % 3 == 0 ? "bot" + i : "u" + i, i % 5 == 0 ? "?" : "UTC", "en"))
            .toArray(Row[]::new);
    RuleCounts counts = counts(rows);
    assertEquals(60, counts.rows());
    assertEquals(20, counts.refused().rows());
    assertEquals(counts.rows(), counts.kept().rows() + counts.refused().rows());
    assertEquals(check(rows).where(Checked.isKept()).count(), counts.kept().rows());
    assertEquals(
        Checked.rejected(InputTable.USERS, check(rows), NIGHT).count(), counts.broken().rows());
    assertEquals(60, counts.on(D).rows());
    assertEquals(0, counts.on(D.plusDays(1)).rows());
    assertEquals(0, counts.ofInput(InputTable.ITEMS).rows());
  }

  @Test
  void eachRuleThatRowsBrokeIsNotedInItsOwnWords() {
    assertEquals(
        List.of(
            "users: 2 rows with odd_locale (not two letters), such as row 1 of file.csv; all are in rejected_rows",
            "users: 1 row with robot (not a person), such as row 3 of file.csv; it is in rejected_rows"),
        counts(user("u1", "UTC", "eng"), user("u2", "UTC", "deu"), user("bot1", "UTC", "en"))
            .notes(RULES));
  }

  @Test
  void moreRefusedRowsThanTheLimitStopTheNight() {
    RuleCounts counts =
        counts(user("bot1", "UTC", "en"), user("bot2", "UTC", "en"), user(null, "UTC", "en"));
    assertDoesNotThrow(() -> counts.requireFewRefused("sources.users", 1));
    DataException stopped =
        assertThrows(DataException.class, () -> counts.requireFewRefused("sources.users", 0.99));
    assertEquals(
        "3 of 3 rows of sources.users are refused, a share of 1.000; clean.max_reject_share is 0.99: robot 2, such as row 1 of file.csv; no_user 1, such as row 3 of file.csv; fix the source, or raise the limit if this shop's files are like that",
        stopped.getMessage());
  }

  @Test
  void aLostValueRefusesNoRow() {
    RuleCounts counts = counts(user("u1", "?", "eng"));
    assertDoesNotThrow(() -> counts.requireFewRefused("sources.users", 0));
  }

  @Test
  void theRefusedRowsOfEventsHaveAPartOfTheirOwn() {
    assertEquals(
        List.of("rejected_events", "rejected_inputs"),
        RejectedRows.TABLE.parts().stream().map(part -> part.name()).toList());
    assertEquals("rejected_events", Checked.rejectedTable(InputTable.EVENTS).name());
    assertEquals("rejected_inputs", Checked.rejectedTable(InputTable.PUSHES).name());
  }

  private static RuleCounts counts(Row... rows) {
    return RowCounter.counted(Checked.summary(InputTable.USERS, check(rows), NIGHT, lit(0L)));
  }

  private static Dataset<Row> check(Row... rows) {
    List<Row> numbered =
        IntStream.range(0, rows.length).mapToObj(i -> numbered(rows[i], i)).toList();
    return RULES.check(TestSpark.dataset(InputTable.USERS.mappedSchema(), numbered));
  }

  /** The row as one of the second part of what is read. */
  private static Row numbered(Row row, int place) {
    Object[] cells = ((GenericRowWithSchema) row).values().clone();
    cells[row.schema().fieldIndex(InputTable.ROW)] = (1L << 33) + 4 + place;
    return new GenericRowWithSchema(cells, row.schema());
  }

  private static Row user(String user, String zone, String locale) {
    StructType schema = InputTable.USERS.mappedSchema();
    Object[] cells = new Object[schema.size()];
    cells[schema.fieldIndex(Users.USER_ID)] = user;
    cells[schema.fieldIndex(Users.ZONE)] = zone;
    cells[schema.fieldIndex(Users.LOCALE)] = locale;
    cells[schema.fieldIndex(InputTable.RAW)] = user + "," + zone + "," + locale;
    cells[schema.fieldIndex(InputTable.SOURCE_PATH)] = "file.csv";
    cells[schema.fieldIndex(InputTable.MALFORMED)] = false;
    cells[schema.fieldIndex(InputTable.UNREADABLE)] = List.of();
    return new GenericRowWithSchema(cells, schema);
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.mkString(" ")).sorted().toList();
  }
}
