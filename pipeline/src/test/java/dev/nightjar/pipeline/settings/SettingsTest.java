package dev.nightjar.pipeline.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.nightjar.demo.DemoConfig;
import dev.nightjar.features.config.Binder;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final Config REFERENCE = ConfigFactory.defaultReference();

  @Test
  void defaultsAreThoseOfTheReference() {
    assertEquals(
        """
        max_users = 20000
        recent_days = 30
        bootstrap_samples = 1000
        reliability_bins = 20
        seed = 19931993
        """,
        Configs.text(Configs.of(BacktestConfig.class, "backtest")));
    assertEquals(
        "allow_closed_day = false\nnow = null\n", Configs.text(Configs.of(RunConfig.class, "run")));
    assertEquals("checkpoint_dir = \n", Configs.text(Configs.of(SparkConfig.class, "spark")));
    assertEquals(
        "keep_days = 7\nrejected_days = 90\nlist_days = 90\n",
        Configs.text(Configs.of(VacuumConfig.class, "vacuum")));
  }

  @Test
  void readsEachKeyIntoItsComponent() {
    String backtest =
        """
        max_users = 1
        recent_days = 2
        bootstrap_samples = 103
        reliability_bins = 4
        seed = 5
        """;
    assertEquals(backtest, Configs.text(Configs.of(BacktestConfig.class, "backtest", backtest)));
    assertEquals(
        new RunConfig(true, Optional.of(Instant.parse("2026-03-11T02:15:00Z"))),
        Configs.of(
            RunConfig.class, "run", "allow_closed_day = true, now = \"2026-03-11T02:15:00Z\""));
    assertEquals(
        new SparkConfig("d"), Configs.of(SparkConfig.class, "spark", "checkpoint_dir = d"));
    assertEquals(
        new VacuumConfig(3, 4, 65),
        Configs.of(
            VacuumConfig.class, "vacuum", "keep_days = 3, rejected_days = 4, list_days = 65"));
  }

  @Test
  void everyKeyOfAReferenceIsReadByARecordAndEveryComponentHasAKey() {
    Set<String> readElsewhere = Set.of("sources", "candidates");
    Set<String> found = new TreeSet<>();
    Set<String> read = new TreeSet<>();
    Arrays.stream(Settings.class.getRecordComponents())
        .filter(component -> component.getType().isRecord())
        .filter(component -> !readElsewhere.contains(component.getName()))
        .forEach(
            component -> {
              String section = component.getName();
              Configs.keys(section).forEach(key -> found.add(section + "." + key));
              Binder.keys(component.getType(), REFERENCE.getConfig(section))
                  .forEach(key -> read.add(section + "." + key));
            });
    assertEquals(found, read);
    Settings settings = Settings.from(REFERENCE);
    assertEquals(Configs.keys("candidates"), Binder.settings(settings.candidates()).keySet());
    assertEquals(Configs.keys("demo"), Binder.keys(DemoConfig.class, REFERENCE.getConfig("demo")));
  }

  @Test
  void problemsOfAllSectionsAreReportedAtOnceInTheirOrder() {
    Config wrong =
        ConfigFactory.parseString(
                """
                vacuum.keep_days = -1
                als.rank = 0
                shop.zone = Mars/Olympus
                backtest { bootstrap_samples = 9, max_users = 0 }
                plan.pushes_per_user = 2
                spark.conf { "spark.sql.shuffle.partitions" = -4 }
                """)
            .withFallback(REFERENCE)
            .resolve();
    List<String> problems =
        assertThrows(ConfigProblems.class, () -> Settings.from(wrong)).messages();
    assertEquals(
        List.of(
            "shop.zone must be an IANA zone such as Europe/London, got Mars/Olympus",
            "als.rank must be positive, got 0",
            "backtest.max_users must be positive, got 0",
            "backtest.bootstrap_samples must be at least 100, got 9",
            "vacuum.keep_days must be 0 or more, got -1",
            "plan.pushes_per_user must be at most policy.daily_cap, got 2 over 1"),
        problems.subList(0, 6));
    assertEquals(7, problems.size(), problems.toString());
  }
}
