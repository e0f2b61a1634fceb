package dev.nightjar.export.audit;

import dev.nightjar.export.plan.PlanConfig;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.PlanAudits;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Checks a plan against every rule before a mailer sees it, in SQL that shares no code with the
 * planner: a fault of the planner must not reach anyone's phone.
 */
public final class PlanAudit {
  private static final String SQL = "plan_audit.sql";

  private PlanAudit() {}

  /**
   * Checks the plan of a night.
   *
   * @return rows of {@link PlanAudits}, a few dozen, held by the driver
   */
  public static Dataset<Row> of(
      AsOf night, AuditInputs inputs, PolicyConfig policy, PlanConfig plan) {
    SparkSession spark = inputs.schedule().sparkSession();
    Map<String, Dataset<Row>> views = inputs.views();
    try {
      views.forEach((name, rows) -> rows.createOrReplaceTempView(name));
      Dataset<Row> checks = spark.sql(sql(), settings(night, policy, plan));
      return spark.createDataFrame(
          PlanAudits.TABLE.select(checks).collectAsList(), PlanAudits.TABLE.schema());
    } finally {
      views.keySet().forEach(name -> spark.catalog().dropTempView(name));
    }
  }

  /**
   * Refuses a plan that breaks a rule.
   *
   * @param checks rows of {@link PlanAudits}
   * @throws DataException naming the first rule that is broken, and an example
   */
  public static void requireKept(Dataset<Row> checks) {
    List<Row> broken = checks.collectAsList().stream().filter(row -> violations(row) > 0).toList();
    if (broken.isEmpty()) {
      return;
    }
    Row first = broken.get(0);
    String others =
        broken.size() == 1 ? "" : String.format(Locale.ROOT, " (and %d more)", broken.size() - 1);
    throw new DataException(
        "the plan is not published, since it breaks rule %s%s: %s, which %,d of %,d do not keep, such as %s; the mailer keeps the last published plan: report it with the log, it is a fault of Nightjar"
            .formatted(
                first.<String>getAs(PlanAudits.RULE),
                others,
                first.<String>getAs(PlanAudits.MEANING),
                violations(first),
                first.<Long>getAs(PlanAudits.CHECKED),
                first.<String>getAs(PlanAudits.EXAMPLE)));
  }

  private static long violations(Row check) {
    return check.<Long>getAs(PlanAudits.VIOLATIONS);
  }

  private static Map<String, Object> settings(AsOf night, PolicyConfig policy, PlanConfig plan) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("night", Date.valueOf(night.date()));
    settings.put("shop_zone", night.zone().getId());
    settings.put("lead_hours", plan.leadHours());
    settings.put("quiet_from", policy.quietFrom());
    settings.put("quiet_to", policy.quietTo());
    settings.put("daily_cap", policy.dailyCap());
    settings.put("weekly_cap", policy.weeklyCap());
    settings.put("min_gap_hours", (long) policy.minGapHours());
    settings.put("valid_minutes", policy.validMinutes());
    settings.put("unknown_zone", policy.unknownZone().name().toLowerCase(Locale.ROOT));
    return settings;
  }

  private static String sql() {
    try (InputStream in = PlanAudit.class.getResourceAsStream(SQL)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
