package dev.nightjar.export.rank;

import com.typesafe.config.ConfigFactory;

/** The defaults of {@code rank}, with a few keys set over them. */
final class RankSettings {
  private RankSettings() {}

  static RankConfig with(String... over) {
    return RankConfig.from(
        ConfigFactory.parseString(String.join("\n", over))
            .withFallback(ConfigFactory.parseResources("reference.conf").getConfig("rank")));
  }
}
