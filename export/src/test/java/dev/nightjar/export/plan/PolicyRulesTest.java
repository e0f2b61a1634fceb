package dev.nightjar.export.plan;

import static dev.nightjar.export.ExportSettings.plan;
import static dev.nightjar.export.ExportSettings.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.AsOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PolicyRulesTest {
  private static final AsOf NIGHT = new AsOf(LocalDate.of(2026, 3, 10), ZoneOffset.UTC);

  private static List<String> names() {
    return PolicyRules.inOrder(NIGHT, new Shop().inputs(), policy(), plan()).stream()
        .map(PolicyRule::name)
        .toList();
  }

  @Test
  void theReferenceListsEveryRuleInItsOrder() throws IOException {
    String reference = Files.readString(Path.of("src/main/resources/reference.conf"));
    String section =
        reference.substring(reference.indexOf("# ---- policy"), reference.indexOf("\npolicy {"));
    List<String> listed =
        Pattern.compile("^#   (\\w+) ", Pattern.MULTILINE)
            .matcher(section)
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertEquals(names(), listed);
  }

  @Test
  void theControlGroupIsDrawnFromThoseWhoWouldHaveBeenPushed() {
    assertEquals(PolicyRules.CONTROL, names().get(names().size() - 1));
  }
}
