package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.AsOf;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Plans tomorrow's pushes greedily, independently for each user. */
public final class Planner {
  private Planner() {}

  /**
   * Decides for every user of {@code users} whether to push tomorrow, when, and what.
   *
   * @param asOf the night; the day after {@code asOf.date()} in the shop's zone is planned
   * @return the plan, to be closed when its tables are written
   * @throws dev.nightjar.features.config.ConfigProblems when {@code config} asks for more than
   *     {@code policy} allows
   */
  public static Plan plan(AsOf asOf, PlanInputs inputs, PolicyConfig policy, PlanConfig config) {
    config.requireWithin(policy);
    PlanWindow window = PlanWindow.after(asOf, config.leadHours()).madeAt(inputs.madeAt());
    Draws draws = new Draws(policy.seed(), asOf.date());
    List<PolicyRule> rules = PolicyRules.inOrder(asOf, inputs, policy, config);
    Dataset<Row> users = PlanUsers.compute(window, inputs, policy, config);
    Dataset<Row> decided = Verdict.decide(withFacts(users, rules), rules);
    Dataset<Row> chosen =
        new Rounds(rules, policy, config.basket(), draws).choose(decided, config.pushesPerUser());
    return new Plan(summarise(chosen, policy, config), config.basket(), asOf.endColumn());
  }

  /** Joins the facts that the rules need about a user. */
  private static Dataset<Row> withFacts(Dataset<Row> users, List<PolicyRule> rules) {
    Dataset<Row> known = users;
    for (PolicyRule rule : rules) {
      for (Dataset<Row> facts : rule.facts()) {
        known = known.join(facts, PlanUsers.USER, "left");
      }
    }
    return known;
  }

  private static Dataset<Row> summarise(
      Dataset<Row> chosen, PolicyConfig policy, PlanConfig config) {
    Column[] pushes = NextPush.columns(config.pushesPerUser()).toArray(Column[]::new);
    return chosen
        .withColumn(Plan.PUSHES, array_compact(array(pushes)))
        .withColumn(Decisions.ARM, arm())
        .withColumn(Decisions.PROPENSITY, propensity(policy))
        .withColumn(Decisions.DETAIL, when(isSent(), sentDetail()).otherwise(col(Decisions.DETAIL)))
        .select(
            col(PlanUsers.USER_ID),
            col(PlanUsers.ZONE),
            col(PlanUsers.BASKET),
            col(Plan.PUSHES),
            col(Decisions.DECISION),
            col(Decisions.DETAIL),
            col(Decisions.ARM),
            col(Decisions.PROPENSITY));
  }

  private static Column arm() {
    Column isExplored =
        exists(col(Plan.PUSHES), push -> push.getField(PushSchedule.ARM).equalTo(Rounds.EXPLORE));
    return when(isControl(), PolicyRules.CONTROL)
        .when(isSent().and(isExplored), Rounds.EXPLORE)
        .when(isSent(), Rounds.BEST)
        .otherwise("none");
  }

  /** Propensity of the whole decision: that of its last push is the product over all rounds. */
  private static Column propensity(PolicyConfig policy) {
    return when(isControl(), lit(policy.controlShare()))
        .when(isSent(), element_at(col(Plan.PUSHES), -1).getField(PushSchedule.PROPENSITY))
        .otherwise(1.0);
  }

  private static Column sentDetail() {
    return concat(
        Words.pushes(size(col(Plan.PUSHES))),
        lit(" at "),
        Plan.localTimes(),
        lit(" "),
        col(PlanUsers.ZONE));
  }

  private static Column isControl() {
    return col(Decisions.DECISION).equalTo(PolicyRules.CONTROL);
  }

  private static Column isSent() {
    return col(Decisions.DECISION).equalTo(Verdict.SEND);
  }
}
