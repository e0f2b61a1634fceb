package dev.nightjar.export.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A plan as it was written, and what it was made from.
 *
 * @param users {@code users} of the night
 * @param suppressions {@code suppressions} of the night
 * @param pushes {@code pushes} of the night and of the nights before
 * @param pushLog {@code push_log} of the night
 * @param earlier {@code push_schedule} of the nights before, of eight or more
 * @param ranked {@code ranked_items} of the night
 * @param list {@code push_list} of the night
 * @param schedule {@code push_schedule} of the night
 * @param decisions {@code decisions} of the night
 */
public record AuditInputs(
    Dataset<Row> users,
    Dataset<Row> suppressions,
    Dataset<Row> pushes,
    Dataset<Row> pushLog,
    Dataset<Row> earlier,
    Dataset<Row> ranked,
    Dataset<Row> list,
    Dataset<Row> schedule,
    Dataset<Row> decisions) {

  /** By the name that the audit knows them by. */
  Map<String, Dataset<Row>> views() {
    Map<String, Dataset<Row>> views = new LinkedHashMap<>();
    views.put("audit_users", users);
    views.put("audit_suppressions", suppressions);
    views.put("audit_pushes", pushes);
    views.put("audit_push_log", pushLog);
    views.put("audit_earlier", earlier);
    views.put("audit_ranked_items", ranked);
    views.put("audit_push_list", list);
    views.put("audit_push_schedule", schedule);
    views.put("audit_decisions", decisions);
    return views;
  }
}
