package dev.nightjar.export.policy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.DataException;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
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
        .zeros()
        .row();
  }

  private static List<String> ids(List<Row> log, List<Row> schedules) {
    return PastPushes.compute(
            TestSpark.dataset(Pushes.SCHEMA, log),
            TestSpark.dataset(PushSchedule.SCHEMA, schedules),
            SINCE)
        .collectAsList()
        .stream()
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
    assertDoesNotThrow(() -> requireLogged(log, planned.subList(0, 10), 0.2));
    for (int push = 0; push < 8; push++) {
      log.add(logged("p" + push, "2026-03-09T11:00:00Z"));
    }
    assertDoesNotThrow(() -> requireLogged(log, planned, 0.2));
  }

  private static void requireLogged(List<Row> log, List<Row> planned, double share) {
    PastPushes.requireLogged(
        TestSpark.dataset(Pushes.SCHEMA, log),
        TestSpark.dataset(PushSchedule.SCHEMA, planned),
        share);
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
