package dev.nightjar.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Compares {@code docs/tables.md}, and the list of inputs in {@code docs/sources.md}, with the
 * declarations of the tables. Run with {@code -Dnightjar.write_docs=true} to regenerate the pages
 * after a column changed.
 */
class TablesDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "tables.md");
  private static final Path SOURCES = Path.of("..", "docs", "sources.md");
  private static final String FIRST_SECTION = "\n## ";
  private static final String INPUTS = "| input | one row is | columns |\n|---|---|---|\n";

  @Test
  void saysWhatTheTablesDeclare() throws IOException {
    String page = Files.readString(PAGE);
    String preface = page.substring(0, page.indexOf(FIRST_SECTION) + 1);
    String declared =
        preface + NightTables.all().stream().map(Table::markdown).collect(Collectors.joining("\n"));
    holds(declared, PAGE);
  }

  @Test
  void theSourcesPageListsTheInputsWithTheirColumns() throws IOException {
    String page = Files.readString(SOURCES);
    int start = page.indexOf(INPUTS) + INPUTS.length();
    String inputs =
        Arrays.stream(InputTable.values())
            .map(input -> input.markdown() + "\n")
            .collect(Collectors.joining());
    holds(
        page.substring(0, start) + inputs + page.substring(page.indexOf("\n\n", start) + 1),
        SOURCES);
  }

  private static void holds(String declared, Path page) throws IOException {
    if (Boolean.getBoolean("nightjar.write_docs")) {
      Files.writeString(page, declared);
    }
    assertEquals(declared, Files.readString(page), "run this test with -Dnightjar.write_docs=true");
  }

  @Test
  void everyColumnHasAMeaningANormalisationAndARuleForMissingValues() {
    for (Table table : NightTables.all()) {
      for (TableColumn column : table.declared()) {
        String name = table.name() + "." + column.name();
        assertFalse(column.meaning().isBlank(), name);
        assertFalse(column.normalisation().isBlank(), name);
        assertFalse(column.isNullable() && column.missing().isBlank(), name);
        assertFalse(column.meaning().contains("|") || column.missing().contains("|"), name);
      }
    }
  }
}
