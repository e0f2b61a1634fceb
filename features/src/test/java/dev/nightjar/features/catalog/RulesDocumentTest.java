package dev.nightjar.features.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.clean.EventRules;
import dev.nightjar.features.config.Configs;
import dev.nightjar.features.refuse.Rule;
import dev.nightjar.features.source.InputTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the rules in docs/sources.md with those of the code. */
class RulesDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "sources.md");
  private static final Pattern EVENT_RULE = Pattern.compile("\\| `[a-z_]+` \\|.*\\|.*\\|");

  @Test
  void thePageHasTheRulesForEventsInTheirOrderAndWords() throws IOException {
    String page = Files.readString(PAGE);
    String section =
        page.substring(page.indexOf("## Why a row is refused"), page.indexOf("A missing price is"));
    List<Rule> rules = EventRules.all(Configs.shop(), Configs.of(CleanConfig.class, "clean"));
    assertEquals(
        rules.stream().map(rule -> rule.reason() + ": " + rule.words()).toList(),
        section
            .lines()
            .filter(line -> EVENT_RULE.matcher(line).matches())
            .map(line -> line.replace("`", "").split("\\|", -1))
            .map(cells -> cells[1].strip() + ": " + cells[2].strip())
            .toList());
  }

  @Test
  void thePageHasTheRulesForTheOtherInputs() throws IOException {
    String page = Files.readString(PAGE).replace("`", "");
    List<String> ofColumns = List.of("missing_", "unreadable_");
    CleanConfig clean = Configs.of(CleanConfig.class, "clean");
    Arrays.stream(InputTable.values())
        .filter(input -> input != InputTable.EVENTS)
        .flatMap(input -> InputRules.of(input, clean).rules().stream())
        .filter(rule -> ofColumns.stream().noneMatch(rule.reason()::startsWith))
        .forEach(
            rule ->
                assertTrue(
                    page.contains("| " + rule.reason() + " | " + rule.words() + " |"),
                    "docs/sources.md lacks " + rule));
  }
}
