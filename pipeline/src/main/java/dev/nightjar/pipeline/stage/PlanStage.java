package dev.nightjar.pipeline.stage;

import dev.nightjar.export.plan.Plan;
import dev.nightjar.export.plan.PlanConfig;
import dev.nightjar.export.plan.PlanInputs;
import dev.nightjar.export.plan.Planner;
import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushList;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.export.table.SendHours;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.List;

/** Decides who is pushed tomorrow, when and with what. */
public record PlanStage(ShopConfig shop, PolicyConfig policy, PlanConfig plan) implements Stage {
  /** A push counts against the weekly cap for seven days, so the week's schedules are read. */
  private static final int WEEK = 7;

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String title() {
    return "tomorrow's pushes";
  }

  @Override
  public List<String> writes() {
    return List.of(PushList.TABLE.name(), PushSchedule.TABLE.name(), Decisions.TABLE.name());
  }

  @Override
  public List<Reads> reads(LocalDate date) {
    return List.of(
        Reads.of(Users.TABLE.name(), date),
        Reads.of(Suppressions.TABLE.name(), date),
        Reads.of(Pushes.TABLE.name(), date),
        Reads.of(Items.TABLE.name(), date),
        Reads.of(RankedItems.TABLE.name(), date),
        Reads.of(SendHours.TABLE.name(), date),
        Reads.optional(PushSchedule.TABLE.name(), date.minusDays(WEEK), date.minusDays(1)));
  }

  @Override
  public List<String> configSections() {
    return List.of("shop", "policy", "plan");
  }

  @Override
  public List<String> run(Warehouse warehouse, Warehouse.Writing writing, LocalDate date) {
    PlanInputs inputs =
        new PlanInputs(
            warehouse.read(Users.TABLE, date),
            warehouse.read(Suppressions.TABLE, date),
            warehouse.read(Pushes.TABLE, date),
            warehouse.readDays(PushSchedule.TABLE, date.minusDays(WEEK), date.minusDays(1)),
            warehouse.read(RankedItems.TABLE, date),
            warehouse.read(Items.TABLE, date),
            warehouse.read(SendHours.TABLE, date));
    try (Plan tomorrow = Planner.plan(new AsOf(date, shop.zone()), inputs, policy, plan)) {
      writing.write(PushList.TABLE, date, tomorrow.list());
      writing.write(PushSchedule.TABLE, date, tomorrow.schedule());
      writing.write(Decisions.TABLE, date, tomorrow.decisions());
    }
    return List.of();
  }
}
