package dev.nightjar.export.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.Pushes;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class PastPushesTest {
  private static final Instant SINCE = Instant.parse("2026-03-04T00:00:00Z");

  private static Timestamp time(String text) {
    return Timestamp.from(Instant.parse(text));
  }

  private static Row logged(String id, String sentAt) {
    return RowFactory.create(id, "u", null, null, time(sentAt), null, null, null, null, null);
  }

  private static Row planned(String id, String sendAt) {
    return RowFactory.create(id, "u", List.of("i"), time(sendAt), 0, "UTC", 0.1, 0.1, "best", 1.0);
  }

  private static List<String> ids(List<Row> log, List<Row> schedules) {
    return PastPushes.compute(
            TestSpark.dataset(Pushes.SCHEMA, log),
            TestSpark.dataset(PushSchedule.SCHEMA, schedules),
            SINCE)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void theLogIsBelievedAsFarAsItReachesAndThePlanAfterThat() {
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
