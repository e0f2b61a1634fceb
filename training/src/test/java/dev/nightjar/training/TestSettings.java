package dev.nightjar.training;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.nightjar.features.TestSpark;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.candidate.CandidateConfig;
import dev.nightjar.training.intent.IntentConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The defaults of reference.conf, with a few keys set over them. */
public final class TestSettings {
  private TestSettings() {}

  public static AlsConfig als(String... over) {
    return AlsConfig.from(section("als", over));
  }

  /** With every source on. */
  public static CandidateConfig candidates(String... over) {
    List<String> all =
        new ArrayList<>(List.of("abandoned = 20", "complement = 20", "trending = 10"));
    all.addAll(List.of(over));
    return CandidateConfig.from(section("candidates", all.toArray(String[]::new)));
  }

  public static IntentConfig intent(String... over) {
    return IntentConfig.from(section("intent", over));
  }

  /** ALS checkpoints below {@code target}. */
  public static void setCheckpointDirectory() {
    TestSpark.session()
        .sparkContext()
        .setCheckpointDir(Path.of("target", "checkpoints").toAbsolutePath().toString());
  }

  private static Config section(String name, String... over) {
    return ConfigFactory.parseString(String.join("\n", over))
        .withFallback(ConfigFactory.parseResources("reference.conf").getConfig(name));
  }
}
