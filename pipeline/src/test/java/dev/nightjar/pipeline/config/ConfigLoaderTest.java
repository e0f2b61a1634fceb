package dev.nightjar.pipeline.config;

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
    Path file = file("sources.events.path = ${data}\"/by-day/{date}.csv\"\n");
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
    assertTrue(refused.getMessage().contains("--set must read key=value, got 'nonsense'"));
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
    String printed = ConfigLoader.render(ConfigLoader.load(List.of(file), List.of()));
    assertFalse(printed.contains("hunter"), printed);
    assertFalse(printed.contains("AKIAEXAMPLE"), printed);
    assertTrue(printed.contains("(redacted)"));
    assertTrue(printed.contains("64"));
  }
}
