package dev.nightjar.export.policy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.DataException;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.PushLog;
import dev.nightjar.features.table.Pushes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class PastPushesTest {
  private static final Instant SINCE = Instant.parse("2026-03-04T00:00:00Z");

  private static Row logged(String id, String sentAt) {
    return TestRow.of(Pushes.TABLE)
        .set(Pushes.PUSH_ID, id)
        .set(Pushes.USER_ID, "u")
        .set(Pushes.SENT_AT, Instant.parse(sentAt))
        .row();
  }

  private static Row planned(String id, String sendAt) {
    return TestRow.of(PushSchedule.TABLE)
        .set(PushSchedule.PUSH_ID, id)
        .set(PushSchedule.USER_ID, "u")
        .set(PushSchedule.SEND_AT, Instant.parse(sendAt))
        .set(PushSchedule.VALID_UNTIL, Instant.parse(sendAt).plusSeconds(3600))
        .zeros()
        .row();
  }

  private static Row said(String kind, String id) {
    return TestRow.of(PushLog.TABLE).set(PushLog.KIND, kind).set(PushLog.PUSH_ID, id).row();
  }

  private static Row reaches(String kind, String file, String at) {
    return TestRow.of(PushLog.TABLE)
        .set(PushLog.KIND, kind)
        .set(PushLog.FILE, file)
        .set(PushLog.AT, at == null ? null : Instant.parse(at))
        .row();
  }

  private static PushHistory history(List<Row> sent, List<Row> schedules, Row... said) {
    return new PushHistory(
        TestSpark.dataset(Pushes.SCHEMA, sent),
        TestSpark.dataset(PushLog.SCHEMA, List.of(said)),
        TestSpark.dataset(PushSchedule.SCHEMA, schedules));
  }

  private static List<String> ids(List<Row> sent, List<Row> schedules, Row... said) {
    return PastPushes.compute(history(sent, schedules, said), SINCE).collectAsList().stream()
        .map(row -> row.<String>getAs(Pushes.PUSH_ID))
        .sorted()
        .toList();
  }

  @Test
  void whatWasPlannedCountsAsSentWhateverTheLogHas() {
    assertEquals(
        List.of("kept", "late_shard", "later", "same"),
        ids(
            List.of(
                logged("old", "2026-03-04T00:00:00Z"),
                logged("kept", "2026-03-04T00:00:01Z"),
                logged("same", "2026-03-09T12:30:00Z")),
            List.of(
                planned("late_shard", "2026-03-09T11:00:00Z"),
                planned("same", "2026-03-09T12:00:00Z"),
                planned("later", "2026-03-10T12:00:00Z"))));
  }

  @Test
  void aLogThatKnowsHardlyAnyPlannedPushStopsTheNight() {
    List<Row> planned = new ArrayList<>();
    List<Row> log = new ArrayList<>(List.of(logged("foreign", "2026-03-09T12:00:00Z")));
    for (int push = 0; push < 40; push++) {
      planned.add(planned("p" + push, "2026-03-09T11:00:00Z"));
    }
    String message =
        assertThrows(DataException.class, () -> requireLogged(log, planned, 0.2)).getMessage();
    assertTrue(message.contains("0 of the 40 pushes"), message);
    assertDoesNotThrow(() -> requireLogged(log, planned, 0));
    assertDoesNotThrow(() -> requireLogged(List.of(), planned, 0.2));
    assertDoesNotThrow(() -> requireLogged(log, planned.subList(0, 4), 0.2));
    for (int push = 0; push < 8; push++) {
      log.add(logged("p" + push, "2026-03-09T11:00:00Z"));
    }
    assertDoesNotThrow(() -> requireLogged(log, planned, 0.2));
  }

  private static void requireLogged(List<Row> log, List<Row> planned, double share) {
    PastPushes.requireLogged(history(log, planned), share);
  }

  @Test
  void whatTheLogSaysWasDroppedWasNotSentAndWhatItNamesUnclearlyWas() {
    List<Row> planned =
        List.of(
            planned("dropped", "2026-03-09T10:00:00Z"),
            planned("unclear", "2026-03-09T11:00:00Z"),
            planned("both", "2026-03-09T12:00:00Z"));
    assertEquals(
        List.of("both", "unclear"),
        ids(
            List.of(logged("both", "2026-03-09T12:00:00Z")),
            planned,
            said(PushLog.DROPPED, "dropped"),
            said(PushLog.DROPPED, "both"),
            said(PushLog.UNCLEAR, "unclear"),
            reaches(PushLog.STATED, "log", "2026-03-10T00:00:00Z")));
  }

  @Test
  void aLogThatSaysUpToWhenItIsCompleteIsBelievedUpToThere() {
    List<Row> planned =
        List.of(
            planned("before", "2026-03-09T10:00:00Z"), planned("after", "2026-03-09T11:30:00Z"));
    Row noon = reaches(PushLog.STATED, "one", "2026-03-09T12:00:00Z");
    assertEquals(List.of("after"), ids(List.of(), planned, noon));
    // Until 12:00 the second can still be sent, and another part of the log may be late.
    assertEquals(
        List.of("after", "before"),
        ids(List.of(), planned, noon, reaches(PushLog.STATED, "two", "2026-03-08T12:00:00Z")));
    assertEquals(
        List.of("after", "before"),
        ids(List.of(), planned, noon, reaches(PushLog.INFERRED, "two", null)));
  }

  @Test
  void aLogThatDoesNotSaySoIsCompleteWhereItNamesNearlyAllThatWasPlanned() {
    List<Row> planned = new ArrayList<>(List.of(planned("lost", "2026-03-08T10:00:00Z")));
    List<Row> sent = new ArrayList<>();
    for (int push = 0; push < 9; push++) {
      planned.add(planned("p" + push, "2026-03-08T09:00:00Z"));
      sent.add(logged("p" + push, "2026-03-08T09:00:00Z"));
    }
    Row reach = reaches(PushLog.INFERRED, "log", "2026-03-09T00:00:00Z");
    assertEquals(9, ids(sent, planned, reach).size());
    sent.remove(0);
    assertEquals(10, ids(sent, planned, reach).size(), "a shard of the log may be late");
    assertEquals(
        10,
        ids(sent, planned, reach, reaches(PushLog.INFERRED, "late", "2026-03-01T00:00:00Z"))
            .size());
  }

  @Test
  void aPlannedIdThatIsLoggedForSomebodyElseStillCounts() {
    Row other =
        TestRow.of(Pushes.TABLE)
            .set(Pushes.PUSH_ID, "p")
            .set(Pushes.USER_ID, "v")
            .set(Pushes.SENT_AT, Instant.parse("2026-03-09T12:00:00Z"))
            .row();
    assertEquals(
        List.of("p", "p"),
        ids(
            List.of(other),
            List.of(planned("p", "2026-03-09T12:00:00Z")),
            reaches(PushLog.STATED, "log", "2026-03-10T00:00:00Z")));
  }

  @Test
  void withoutALogEveryPlanCountsAsSent() {
    assertEquals(
        List.of("a", "b"),
        ids(
            List.of(),
            List.of(
                planned("a", "2026-03-05T11:00:00Z"),
                planned("b", "2026-03-06T12:00:00Z"),
                planned("too_old", "2026-03-03T12:00:00Z"))));
  }
}
