package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.table.Decisions;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whether to send and why not: the first rule that leaves a user no slot is the decision. */
final class Verdict {
  static final String SEND = "send";

  /** Slots that break no rule. */
  static final String ALLOWED = "allowed";

  private Verdict() {}

  /**
   * Adds {@link #ALLOWED}, and {@code decision} and {@code detail} as of before a push is chosen.
   *
   * @param users one row per user, see {@link PlanUsers}
   * @param rules in the order in which they are applied
   */
  static Dataset<Row> decide(Dataset<Row> users, List<PolicyRule> rules) {
    NextPush first = NextPush.ofRound(1);
    List<Column> decisions = new ArrayList<>();
    List<Column> details = new ArrayList<>();
    Dataset<Row> asked = users;
    Column slots = col(PlanUsers.SLOTS);
    for (PolicyRule rule : rules) {
      asked = asked.withColumn(leftBy(rule), rule.leaves().apply(slots, first));
      Column words = rule.words().apply(slots);
      slots = col(leftBy(rule));
      decisions.add(when(size(slots).equalTo(0), rule.name()));
      details.add(when(col(Decisions.DECISION).equalTo(rule.name()), words));
    }
    return asked
        .withColumn(Decisions.DECISION, firstOf(decisions, SEND))
        .withColumn(Decisions.DETAIL, firstOf(details, ""))
        .withColumn(ALLOWED, slots)
        .drop(rules.stream().map(Verdict::leftBy).toArray(String[]::new));
  }

  private static String leftBy(PolicyRule rule) {
    return "left_by_" + rule.name();
  }

  private static Column firstOf(List<Column> columns, String otherwise) {
    List<Column> all = new ArrayList<>(columns);
    all.add(lit(otherwise));
    return coalesce(all.toArray(Column[]::new));
  }
}
