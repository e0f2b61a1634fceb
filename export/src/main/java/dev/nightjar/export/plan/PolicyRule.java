package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One rule of the policy: which slots it leaves for a push, and what is written where it leaves
 * none.
 *
 * @param name the decision about a user to whom it leaves no slot, in snake_case
 * @param leaves selects, from the slots that earlier rules left, those that it leaves for a push
 * @param words the figures behind the decision, from the slots that earlier rules left
 * @param facts further facts about a user: user_id and the columns that the rule reads, null for a
 *     user without a row
 */
record PolicyRule(
    String name,
    BiFunction<Column, NextPush, Column> leaves,
    UnaryOperator<Column> words,
    List<Dataset<Row>> facts) {

  /** Leaves no slot to the users for whom {@code who} is true, and every slot to the others. */
  static PolicyRule excludes(String name, Column who, UnaryOperator<Column> words) {
    return new PolicyRule(
        name, (slots, push) -> when(who, slice(slots, 1, 0)).otherwise(slots), words, List.of());
  }

  /** Leaves the slots for which {@code isAllowed} is true, given the pushes sent and planned. */
  static PolicyRule keeps(
      String name, BiFunction<Column, NextPush, Column> isAllowed, UnaryOperator<Column> words) {
    return new PolicyRule(
        name,
        (slots, push) -> filter(slots, slot -> isAllowed.apply(slot, push)),
        words,
        List.of());
  }

  /** The same rule, reading columns of {@code facts}, which has at most one row per user. */
  PolicyRule knowing(Dataset<Row> facts) {
    return new PolicyRule(name, leaves, words, List.of(facts));
  }
}
