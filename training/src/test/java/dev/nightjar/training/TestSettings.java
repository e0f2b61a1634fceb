package dev.nightjar.training;

import dev.nightjar.features.TestSpark;
import dev.nightjar.features.config.Configs;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.timing.TimingConfig;
import dev.nightjar.training.tune.TuneConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The defaults of reference.conf, with a few keys set over them. */
public final class TestSettings {
  private TestSettings() {}

  public static AlsConfig als(String... over) {
    return Configs.of(AlsConfig.class, "als", over);
  }

  /** With every source on. */
  public static CandidateConfig candidates(String... over) {
    List<String> all =
        new ArrayList<>(List.of("abandoned = 20", "complement = 20", "trending = 10"));
    all.addAll(List.of(over));
    return Configs.of(CandidateConfig.class, "candidates", all.toArray(String[]::new));
  }

  public static IntentConfig intent(String... over) {
    return Configs.of(IntentConfig.class, "intent", over);
  }

  public static TimingConfig timing(String... over) {
    return Configs.of(TimingConfig.class, "timing", over);
  }

  public static TuneConfig tune(String... over) {
    return Configs.of(TuneConfig.class, "tune", over);
  }

  /** ALS checkpoints below {@code target}. */
  public static void setCheckpointDirectory() {
    TestSpark.session()
        .sparkContext()
        .setCheckpointDir(Path.of("target", "checkpoints").toAbsolutePath().toString());
  }
}
