package dev.nightjar.pipeline.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import dev.nightjar.features.config.ConfigProblems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir Path directory;

  private Path file(String text) throws Exception {
    return Files.writeString(directory.resolve("shop.conf"), text);
  }

  @Test
  void aSettingWinsOverTheFileAndTheFileOverTheDefault() throws Exception {
    Path file = file("vacuum.keep_days = 9\npolicy.weekly_cap = 5\n");
    Config config = ConfigLoader.load(List.of(file), List.of("policy.weekly_cap=2"));
    assertEquals(2, config.getInt("policy.weekly_cap"));
    assertEquals(9, config.getInt("vacuum.keep_days"));
    assertEquals(32, config.getInt("als.rank"));
  }

  @Test
  void aSettingReachesTheSubstitutionsOfTheFile() throws Exception {
    Path file =
        file(
            """
            sources.events {
              path = ${data}"/by-day/{date}.csv"
              columns { user_id = u, event_type = t, event_time = x }
            }
            """);
    Config config = ConfigLoader.load(List.of(file), List.of("data=../shop data"));
    assertEquals("../shop data/by-day/{date}.csv", config.getString("sources.events.path"));
  }

  @Test
  void refusesUnknownKeysWithTheNearestKnownOneAndAllAtOnce() throws Exception {
    Path file = file("als.rnk = 8\n");
    ConfigProblems refused =
        assertThrows(
            ConfigProblems.class,
            () -> ConfigLoader.load(List.of(file), List.of("policy.weekly_caps=3", "nonsense")));
    assertEquals(3, refused.messages().size(), refused.getMessage());
    assertTrue(refused.getMessage().contains("'als.rnk' is not known; did you mean 'als.rank'?"));
    assertTrue(refused.getMessage().contains("did you mean 'policy.weekly_cap'?"));
    assertTrue(refused.getMessage().contains("--set must be key=value, got 'nonsense'"));
  }

  @Test
  void refusesAFileThatIsAbsentOrBroken() throws Exception {
    assertTrue(
        assertThrows(
                ConfigProblems.class,
                () -> ConfigLoader.load(List.of(directory.resolve("absent.conf")), List.of()))
            .getMessage()
            .contains("does not exist"));
    Path broken = file("als { rank = ");
    assertTrue(
        assertThrows(ConfigProblems.class, () -> ConfigLoader.load(List.of(broken), List.of()))
            .getMessage()
            .contains("cannot be read"));
  }

  @Test
  void leavesSecretsOutWhereverConfigIsPrinted() throws Exception {
    Path file =
        file(
            """
            spark.conf {
              "spark.hadoop.fs.s3a.secret.key" = hunter2
              "spark.hadoop.fs.s3a.access.key" = AKIAEXAMPLE
              spark.hadoop.fs.azure.account.key.token = hunter3
              "spark.sql.shuffle.partitions" = 64
            }
            """);
    String printed = ConfigText.render(ConfigLoader.load(List.of(file), List.of()));
    assertFalse(printed.contains("hunter"), printed);
    assertFalse(printed.contains("AKIAEXAMPLE"), printed);
    assertTrue(printed.contains("(redacted)"));
    assertTrue(printed.contains("64"));
  }

  @Test
  void leavesOutKeysPassphrasesAndSignaturesButNotHarmlessSettings() throws Exception {
    Path file =
        file(
            """
            spark.conf {
              fs.azure.account.key."shop.dfs.core.windows.net" = hidden1
              fs.azure.sas.fixed.acct = hidden2
              fs.s3a.encryption.key = hidden3
              fs.s3a.server-side-encryption.key = hidden4
              spark.ssl.keyPwd = hidden5
              spark.ssl.key-passphrase = hidden6
              spark.hadoop.storage.CREDENTIAL = hidden7
              spark.sql.shuffle.partitions = 641
              spark.sql.sources.partitionOverwriteMode = dynamic
              spark.io.encryption.keySizeBits = 256
              spark.sql.session.timeZone = Asia/Tokyo
              fs.disasters = seen
            }
            """);
    String printed = ConfigText.render(ConfigLoader.load(List.of(file), List.of()));
    assertFalse(printed.contains("hidden"), printed);
    for (String shown : List.of("641", "dynamic", "256", "Asia/Tokyo", "seen")) {
      assertTrue(printed.contains(shown), printed);
    }
  }

  @Test
  void aKeyWithAWholeDefaultTakesNoFractionAndNoNumberOutOfRange() {
    assertEquals(
        List.of(
            "clean.late_days must be a whole number, got 2.5",
            "policy.daily_cap must be a whole number from -2147483647 to 2147483647, got 99999999999",
            "policy.weekly_cap must be a whole number, got \"0.5\""),
        problems(
            List.of(),
            "clean.late_days=2.5",
            "policy.daily_cap=99999999999",
            "policy.weekly_cap=\"0.5\""));
    Config config =
        ConfigLoader.load(
            List.of(),
            List.of(
                "clean.min_price=0.5",
                "features.weights.view=1.5",
                "plan.min_expected_value=0.25",
                "timing.half_life_days=90.5",
                "timing.max_inverse_propensity=7.5",
                "als.seed=99999999999",
                "als.alpha=3",
                "clean.late_days=3.0"));
    assertEquals(0.5, config.getDouble("clean.min_price"));
    assertEquals(3, config.getInt("clean.late_days"));
  }

  @Test
  void namesKindsAndRulesAreReportedAtOnce() throws Exception {
    Path file =
        file(
            """
            als.rnk = 8
            policy { daily_cap = -1, weekly_cap = lots }
            sources.events { opt = 1, path = a, lookback_days = soon }
            """);
    List<String> problems =
        problems(
            List.of(file),
            "plan.items_per_push=0",
            "spark.conf={\"spark.sql.shuffle.partitions\"=-4}");
    for (String part :
        List.of(
            "'als.rnk' is not known",
            "policy.weekly_cap must be a whole number, got \"lots\"",
            "policy.daily_cap must be positive, got -1",
            "'sources.events.opt' is not known",
            "sources.events.lookback_days must be a whole number, got \"soon\"",
            "sources.events.columns.user_id is required",
            "plan.items_per_push must be",
            "spark.conf: Spark refuses spark.sql.shuffle.partitions: ")) {
      assertEquals(
          1, problems.stream().filter(p -> p.contains(part)).count(), part + ": " + problems);
    }
  }

  private static List<String> problems(List<Path> files, String... settings) {
    return assertThrows(ConfigProblems.class, () -> ConfigLoader.load(files, List.of(settings)))
        .messages();
  }
}
