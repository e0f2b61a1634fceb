package dev.nightjar.pipeline.stage;

import dev.nightjar.export.plan.Plan;
import dev.nightjar.export.plan.PlanConfig;
import dev.nightjar.export.plan.PlanInputs;
import dev.nightjar.export.plan.PlanWindow;
import dev.nightjar.export.plan.Planner;
import dev.nightjar.export.policy.PastPushes;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.policy.PushHistory;
import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushList;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.Plural;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PushLog;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.table.SendHours;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Decides who is pushed tomorrow, when and with what.
 *
 * @param clock tells when the plan is made, so that it leaves out the hours that have passed
 */
public record PlanStage(ShopConfig shop, PolicyConfig policy, PlanConfig plan, InstantSource clock)
    implements Stage {
  static final Read.Rows USERS = Read.tonight(Users.TABLE);
  static final Read.Rows SUPPRESSIONS = Read.tonight(Suppressions.TABLE);
  static final Read.Rows PUSHES = Read.tonight(Pushes.TABLE);

  /** Nights before, since what was logged once was sent, whatever becomes of the log's files. */
  static final Read.Rows PUSHES_BEFORE = Read.nightsBefore(Pushes.TABLE, 8);

  static final Read.Rows ITEMS = Read.tonight(Items.TABLE);
  static final Read.Rows RANKED = Read.tonight(RankedItems.TABLE);
  static final Read.Rows HOURS = Read.tonight(SendHours.TABLE);

  static final Read.Rows PUSH_LOG = Read.tonight(PushLog.TABLE);

  /**
   * The weekly cap counts the pushes of 7 x 24 hours, so the last schedules are read too: one night
   * more, since a day can have 23 hours.
   */
  static final Read.Rows PLANNED_LATELY = Read.nightsBefore(PushSchedule.TABLE, 8);

  @Override
  public StageSpec spec() {
    return StageSpec.of("plan", "tomorrow's pushes")
        .reading(
            List.of(
                USERS,
                SUPPRESSIONS,
                PUSHES,
                PUSHES_BEFORE,
                PUSH_LOG,
                ITEMS,
                RANKED,
                HOURS,
                PLANNED_LATELY))
        .writing(PushList.TABLE, PushSchedule.TABLE, Decisions.TABLE)
        .dependingOn("shop", "policy", "plan");
  }

  @Override
  public List<String> run(StageInputs in, StageOutputs out, LocalDate date) {
    AsOf tonight = new AsOf(date, shop.zone());
    PushHistory pushes =
        new PushHistory(
            PastPushes.everLogged(in.rows(PUSHES), in.rows(PUSHES_BEFORE)),
            in.rows(PUSH_LOG),
            in.rows(PLANNED_LATELY));
    PastPushes.requireLogged(pushes, policy.minLoggedShare());
    Instant now = clock.instant();
    PlanInputs inputs =
        new PlanInputs(
            in.rows(USERS),
            in.rows(SUPPRESSIONS),
            pushes,
            in.rows(RANKED),
            in.rows(ITEMS),
            in.rows(HOURS),
            now);
    try (Plan tomorrow = Planner.plan(tonight, inputs, policy, plan)) {
      out.write(PushList.TABLE, tomorrow.list());
      out.write(PushSchedule.TABLE, tomorrow.schedule());
      out.write(Decisions.TABLE, tomorrow.decisions());
    }
    return late(PlanWindow.after(tonight, plan.leadHours()).madeAt(now));
  }

  private static List<String> late(PlanWindow window) {
    return window.passedHours() == 0
        ? List.of()
        : List.of(
            "the plan begins at %s and is made at %s: %s left out since %s passed; run the night earlier, or raise plan.lead_hours"
                .formatted(
                    window.start(),
                    window.open().truncatedTo(ChronoUnit.SECONDS),
                    Plural.of(window.passedHours(), "hour is", "hours are"),
                    window.passedHours() == 1 ? "it has" : "they have"));
  }
}
