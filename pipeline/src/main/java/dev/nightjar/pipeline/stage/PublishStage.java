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
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PushLog;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.settings.CodeVersion;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.pipeline.warehouse.Publication;
import dev.nightjar.training.table.SendHours;
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
  private static final Read.Rows USERS = Read.tonight(Users.TABLE);
  private static final Read.Rows SUPPRESSIONS = Read.tonight(Suppressions.TABLE);
  private static final Read.Rows PUSHES = Read.tonight(Pushes.TABLE);
  private static final Read.Rows PUSHES_BEFORE = Read.nightsBefore(Pushes.TABLE, 8);
  private static final Read.Rows PUSH_LOG = Read.tonight(PushLog.TABLE);
  private static final Read.Rows PLANNED_LATELY = Read.nightsBefore(PushSchedule.TABLE, 8);
  private static final Read.Rows RANKED = Read.tonight(RankedItems.TABLE);
  private static final Read.Rows LIST = Read.tonight(PushList.TABLE);
  private static final Read.Rows SCHEDULE = Read.tonight(PushSchedule.TABLE);
  private static final Read.Rows DECISIONS = Read.tonight(Decisions.TABLE);
  private static final Read.Rows ITEMS = Read.tonight(Items.TABLE);
  private static final Read.Rows HOURS = Read.tonight(SendHours.TABLE);

  /** What a mailer reads. */
  private static final List<Read.Rows> PUBLISHED =
      List.of(SCHEDULE, LIST, DECISIONS, RANKED, HOURS, ITEMS);

  @Override
  public StageSpec spec() {
    return StageSpec.of("publish", "the plan, once it is checked")
        .reading(
            Stream.<Read>concat(
                    PUBLISHED.stream(),
                    Stream.of(USERS, SUPPRESSIONS, PUSHES, PUSHES_BEFORE, PUSH_LOG, PLANNED_LATELY))
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
            in.rows(USERS),
            in.rows(SUPPRESSIONS),
            in.rows(PUSHES).union(in.rows(PUSHES_BEFORE)),
            in.rows(PUSH_LOG),
            in.rows(PLANNED_LATELY),
            in.rows(RANKED),
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
