package dev.nightjar.pipeline.stage;

import dev.nightjar.export.plan.Plan;
import dev.nightjar.export.plan.PlanConfig;
import dev.nightjar.export.plan.PlanInputs;
import dev.nightjar.export.plan.Planner;
import dev.nightjar.export.policy.PastPushes;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.policy.PushHistory;
import dev.nightjar.export.table.Decisions;
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
import dev.nightjar.training.table.SendHours;
import java.time.LocalDate;
import java.util.List;

/** Decides who is pushed tomorrow, when and with what. */
public record PlanStage(ShopConfig shop, PolicyConfig policy, PlanConfig plan) implements Stage {
  private static final Read.Rows USERS = Read.tonight(Users.TABLE);
  private static final Read.Rows SUPPRESSIONS = Read.tonight(Suppressions.TABLE);
  private static final Read.Rows PUSHES = Read.tonight(Pushes.TABLE);
  private static final Read.Rows ITEMS = Read.tonight(Items.TABLE);
  private static final Read.Rows RANKED = Read.tonight(RankedItems.TABLE);
  private static final Read.Rows HOURS = Read.tonight(SendHours.TABLE);

  private static final Read.Rows PUSH_LOG = Read.tonight(PushLog.TABLE);

  /**
   * The weekly cap counts the pushes of 7 x 24 hours, so the last schedules are read too: one night
   * more, since a day can have 23 hours.
   */
  private static final Read.Rows PLANNED_LATELY = Read.nightsBefore(PushSchedule.TABLE, 8);

  @Override
  public StageSpec spec() {
    return StageSpec.of("plan", "tomorrow's pushes")
        .reading(
            List.of(USERS, SUPPRESSIONS, PUSHES, PUSH_LOG, ITEMS, RANKED, HOURS, PLANNED_LATELY))
        .writing(PushList.TABLE, PushSchedule.TABLE, Decisions.TABLE)
        .dependingOn("shop", "policy", "plan");
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    PushHistory pushes =
        new PushHistory(in.rows(PUSHES), in.rows(PUSH_LOG), in.rows(PLANNED_LATELY));
    PastPushes.requireLogged(pushes, policy.minLoggedShare());
    PlanInputs inputs =
        new PlanInputs(
            in.rows(USERS),
            in.rows(SUPPRESSIONS),
            pushes,
            in.rows(RANKED),
            in.rows(ITEMS),
            in.rows(HOURS));
    try (Plan tomorrow = Planner.plan(new AsOf(date, shop.zone()), inputs, policy, plan)) {
      out.write(PushList.TABLE, tomorrow.list());
      out.write(PushSchedule.TABLE, tomorrow.schedule());
      out.write(Decisions.TABLE, tomorrow.decisions());
    }
    return List.of();
  }
}
