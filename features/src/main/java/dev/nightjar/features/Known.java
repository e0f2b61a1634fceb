package dev.nightjar.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Users;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Cuts tables of a later night to what was known at a moment. */
final class Known {
  private static final List<String> OUTCOMES =
      List.of(Pushes.DELIVERED_AT, Pushes.OPENED_AT, Pushes.CLICKED_AT, Pushes.UNSUBSCRIBED_AT);

  private Known() {}

  static Dataset<Row> events(Dataset<Row> events, AsOf asOf) {
    return events.where(asOf.knows(col(CleanEvents.EVENT_TIME)));
  }

  /** Items offered or seen by then; one without a date is assumed to have always been offered. */
  static Dataset<Row> items(Dataset<Row> items, AsOf asOf) {
    return createdBefore(items, Items.CREATED_AT, asOf);
  }

  /** Users registered or seen by then; one without a date is assumed to have always been there. */
  static Dataset<Row> users(Dataset<Row> users, AsOf asOf) {
    return createdBefore(users, Users.CREATED_AT, asOf);
  }

  /** Pushes sent by then; their later outcomes are null. */
  static Dataset<Row> pushes(Dataset<Row> pushes, AsOf asOf) {
    Dataset<Row> sent = pushes.where(asOf.knows(col(Pushes.SENT_AT)));
    for (String outcome : OUTCOMES) {
      sent = sent.withColumn(outcome, when(asOf.knows(col(outcome)), col(outcome)));
    }
    return sent;
  }

  private static Dataset<Row> createdBefore(Dataset<Row> rows, String createdAt, AsOf asOf) {
    return rows.where(col(createdAt).isNull().or(asOf.knows(col(createdAt))));
  }
}
