package dev.nightjar.pipeline.night;

import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushList;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.export.table.SendHours;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.RejectedEvents;
import dev.nightjar.features.table.RejectedInputs;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.settings.Settings;
import dev.nightjar.pipeline.stage.AlsStage;
import dev.nightjar.pipeline.stage.CandidateStage;
import dev.nightjar.pipeline.stage.CatalogStage;
import dev.nightjar.pipeline.stage.CleanStage;
import dev.nightjar.pipeline.stage.FeatureStage;
import dev.nightjar.pipeline.stage.IntentStage;
import dev.nightjar.pipeline.stage.PlanStage;
import dev.nightjar.pipeline.stage.RankStage;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.stage.TimingStage;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.table.AssociationRules;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.ItemNeighbours;
import dev.nightjar.training.table.Segments;
import dev.nightjar.training.table.UserFactors;
import dev.nightjar.training.table.UserSegments;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A night: raw logs to push plan. */
public final class Nightly {
  /** Every table, in the order a night writes them. */
  public static final List<Table> TABLES =
      List.of(
          CleanEvents.TABLE,
          RejectedEvents.TABLE,
          Items.TABLE,
          Users.TABLE,
          Pushes.TABLE,
          Suppressions.TABLE,
          RejectedInputs.TABLE,
          UserFeatures.TABLE,
          ItemFeatures.TABLE,
          PairFeatures.TABLE,
          UserFactors.TABLE,
          ItemFactors.TABLE,
          Candidates.TABLE,
          ItemNeighbours.TABLE,
          AssociationRules.TABLE,
          Segments.TABLE,
          UserSegments.TABLE,
          SendHours.TABLE,
          RankedItems.TABLE,
          PushList.TABLE,
          PushSchedule.TABLE,
          Decisions.TABLE);

  private Nightly() {}

  public static List<Stage> stages(Settings settings, SparkSession spark) {
    return List.of(
        new CleanStage(
            spark,
            settings.shop(),
            settings.sources(),
            settings.clean(),
            settings.run().allowClosedDay()),
        new CatalogStage(spark, settings.shop(), settings.sources(), settings.clean()),
        new FeatureStage(settings.shop(), settings.clean(), settings.features()),
        new AlsStage(settings.shop(), settings.clean(), settings.als()),
        new CandidateStage(settings.shop(), settings.clean(), settings.candidates()),
        new IntentStage(
            settings.shop(),
            settings.clean(),
            settings.features(),
            settings.als(),
            settings.candidates(),
            settings.intent()),
        new TimingStage(settings.shop(), settings.clean(), settings.timing()),
        new RankStage(settings.shop(), settings.clean(), settings.rank()),
        new PlanStage(settings.shop(), settings.policy(), settings.plan()));
  }
}
