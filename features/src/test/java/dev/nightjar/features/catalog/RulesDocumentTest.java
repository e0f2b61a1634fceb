package dev.nightjar.features.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.clean.EventRules;
import dev.nightjar.features.config.Configs;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourcesPage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the rules in the table of docs/sources.md with those of the code. */
class RulesDocumentTest {
  private static final CleanConfig CLEAN = Configs.of(CleanConfig.class, "clean");

  @Test
  void theTableHasTheRulesForEventsInTheirOrderAndWords() {
    List<String> rules =
        EventRules.all(Configs.shop(), CLEAN).stream()
            .map(rule -> rule.reason() + ": " + rule.words())
            .toList();
    assertEquals(rules, refused().filter(rules::contains).toList());
  }

  @Test
  void theTableHasTheRulesForTheOtherInputs() {
    List<String> ofColumns = List.of("missing_", "unreadable_");
    List<String> lines = refused().toList();
    Arrays.stream(InputTable.values())
        .filter(input -> input != InputTable.EVENTS)
        .flatMap(input -> InputRules.of(input, CLEAN).rules().stream())
        .filter(rule -> ofColumns.stream().noneMatch(rule.reason()::startsWith))
        .forEach(
            rule ->
                assertTrue(
                    lines.contains(rule.reason() + ": " + rule.words()),
                    "docs/sources.md lacks " + rule));
  }

  /** Reason and words of each line of the table that has a reason. */
  private static Stream<String> refused() {
    return SourcesPage.lines().stream()
        .flatMap(line -> line.words().stream().map(reason -> reason + ": " + line.comes()));
  }
}
