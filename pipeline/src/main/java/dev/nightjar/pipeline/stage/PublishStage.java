package dev.nightjar.pipeline.stage;

import dev.nightjar.export.audit.AuditInputs;
import dev.nightjar.export.audit.PlanAudit;
import dev.nightjar.export.plan.PlanConfig;
import dev.nightjar.export.plan.PlanWindow;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PlanAudits;
import dev.nightjar.export.table.PushList;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.pipeline.settings.CodeVersion;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.pipeline.warehouse.Publication;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Checks the plan, and publishes it where it keeps every rule. A plan that does not is refused, and
 * the one that was published before stays.
 */
public record PublishStage(ShopConfig shop, PolicyConfig policy, PlanConfig plan) implements Stage {
  private static final Read.Rows LIST = Read.tonight(PushList.TABLE);
  private static final Read.Rows SCHEDULE = Read.tonight(PushSchedule.TABLE);
  private static final Read.Rows DECISIONS = Read.tonight(Decisions.TABLE);

  /** What a mailer reads. */
  private static final List<Read.Rows> PUBLISHED =
      List.of(SCHEDULE, LIST, DECISIONS, PlanStage.RANKED, PlanStage.HOURS, PlanStage.ITEMS);

  @Override
  public StageSpec spec() {
    return StageSpec.of("publish", "the plan, once it is checked")
        .reading(
            Stream.<Read>concat(
                    PUBLISHED.stream(),
                    Stream.of(
                        PlanStage.USERS,
                        PlanStage.SUPPRESSIONS,
                        PlanStage.PUSHES,
                        PlanStage.PUSHES_BEFORE,
                        PlanStage.PUSH_LOG,
                        PlanStage.PLANNED_LATELY))
                .toList())
        .writing(PlanAudits.TABLE)
        .dependingOn("shop", "policy", "plan");
  }

  @Override
  public boolean isDone(StageInputs in, StageOutputs out, LocalDate date) {
    return Stage.super.isDone(in, out, date)
        && out.publication().map(Publication::tables).equals(Optional.of(tables(in)));
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    AsOf tonight = new AsOf(date, shop.zone());
    AuditInputs inputs =
        new AuditInputs(
            in.rows(PlanStage.USERS),
            in.rows(PlanStage.SUPPRESSIONS),
            in.rows(PlanStage.PUSHES).union(in.rows(PlanStage.PUSHES_BEFORE)),
            in.rows(PlanStage.PUSH_LOG),
            in.rows(PlanStage.PLANNED_LATELY),
            in.rows(PlanStage.RANKED),
            in.rows(LIST),
            in.rows(SCHEDULE),
            in.rows(DECISIONS));
    Dataset<Row> checks = PlanAudit.of(tonight, inputs, policy, plan);
    PlanAudit.requireKept(checks);
    out.write(PlanAudits.TABLE, checks);
    PlanWindow window = PlanWindow.after(tonight, plan.leadHours());
    out.publish(
        new Publication(
            date.toString(),
            window.start().toString(),
            window.end().toString(),
            in.days(SCHEDULE).get(0).rows(),
            CodeVersion.current(),
            tables(in)));
    return List.of();
  }

  private static Map<String, Publication.Published> tables(StageInputs in) {
    List<Manifest> manifests = PUBLISHED.stream().flatMap(read -> in.days(read).stream()).toList();
    return Publication.tables(manifests);
  }
}
