package dev.nightjar.pipeline.night;

import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.intent.IntentStage;
import dev.nightjar.pipeline.settings.Settings;
import dev.nightjar.pipeline.stage.AlsStage;
import dev.nightjar.pipeline.stage.CandidateStage;
import dev.nightjar.pipeline.stage.CatalogStage;
import dev.nightjar.pipeline.stage.CleanStage;
import dev.nightjar.pipeline.stage.FeatureStage;
import dev.nightjar.pipeline.stage.PlanStage;
import dev.nightjar.pipeline.stage.PublishStage;
import dev.nightjar.pipeline.stage.RankStage;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.stage.TimingStage;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A night: raw logs to push plan. */
public final class Nightly {
  private Nightly() {}

  /** Every table that the stages write, in that order. */
  public static List<Table> tables(List<Stage> stages) {
    return stages.stream()
        .flatMap(stage -> stage.writes().stream())
        .flatMap(output -> output.table().stream())
        .map(Table::whole)
        .distinct()
        .toList();
  }

  /** The stages of a night, in order. */
  public static List<Stage> stages(Settings settings, SparkSession spark) {
    return List.of(
        new CleanStage(
            settings.shop(), settings.sources(), settings.clean(), settings.run().allowClosedDay()),
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
        new PlanStage(settings.shop(), settings.policy(), settings.plan(), settings.run().clock()),
        new PublishStage(settings.shop(), settings.policy(), settings.plan()));
  }
}
