package dev.nightjar.export.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.Pushes;
import java.time.Instant;
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
  void theLogCountsAsFarAsItReachesAndThePlanAfterThat() {
    assertEquals(
        List.of("kept", "later", "reach", "same"),
        ids(
            List.of(
                logged("old", "2026-03-04T00:00:00Z"),
                logged("kept", "2026-03-04T00:00:01Z"),
                logged("same", "2026-03-09T12:00:00Z")),
            List.of(
                planned("not_sent", "2026-03-09T11:00:00Z"),
                planned("same", "2026-03-09T12:00:00Z"),
                planned("reach", "2026-03-09T12:00:00Z"),
                planned("later", "2026-03-10T12:00:00Z"))));
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
