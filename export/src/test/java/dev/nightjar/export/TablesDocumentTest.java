package dev.nightjar.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushList;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.export.table.SendHours;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.RejectedEvents;
import dev.nightjar.features.table.RejectedInputs;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.table.AssociationRules;
import dev.nightjar.training.table.Candidates;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.ItemNeighbours;
import dev.nightjar.training.table.Segments;
import dev.nightjar.training.table.UserFactors;
import dev.nightjar.training.table.UserSegments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/tables.md} against the schema classes. */
class TablesDocumentTest {
  private static final List<Table> TABLES =
      List.of(
          CleanEvents.TABLE,
          RejectedEvents.TABLE,
          RejectedInputs.TABLE,
          Items.TABLE,
          Users.TABLE,
          Pushes.TABLE,
          Suppressions.TABLE,
          ItemFeatures.TABLE,
          PairFeatures.TABLE,
          UserFeatures.TABLE,
          UserFactors.TABLE,
          ItemFactors.TABLE,
          Candidates.TABLE,
          ItemNeighbours.TABLE,
          AssociationRules.TABLE,
          Segments.TABLE,
          UserSegments.TABLE,
          RankedItems.TABLE,
          SendHours.TABLE,
          PushList.TABLE,
          PushSchedule.TABLE,
          Decisions.TABLE);

  /** Cells of the rows of each section, by the name of the table. */
  private static Map<String, List<List<String>>> document;

  @BeforeAll
  static void read() throws IOException {
    document = new LinkedHashMap<>();
    List<List<String>> section = null;
    for (String line : Files.readAllLines(Path.of("..", "docs", "tables.md"))) {
      if (line.startsWith("## ")) {
        section = new ArrayList<>();
        document.put(line.substring(3), section);
      } else if (line.startsWith("| `") && section != null) {
        section.add(
            Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::trim)
                .toList());
      }
    }
  }

  @Test
  void hasASectionForEachTableAndNoOther() {
    assertEquals(TABLES.stream().map(Table::name).toList(), List.copyOf(document.keySet()));
  }

  @Test
  void namesEveryColumnWithItsTypeInWrittenOrderAndNoOther() {
    for (Table table : TABLES) {
      assertEquals(
          Arrays.stream(table.schema().fields())
              .map(field -> "`" + field.name() + "` `" + field.dataType().simpleString() + "`")
              .toList(),
          document.get(table.name()).stream().map(row -> row.get(0) + " " + row.get(1)).toList(),
          table.name());
    }
  }

  @Test
  void saysNeverMissingOfTheColumnsThatCannotBeNullAndOfNoOther() {
    for (Table table : TABLES) {
      assertEquals(
          Arrays.stream(table.schema().fields())
              .filter(field -> !field.nullable())
              .map(field -> "`" + field.name() + "`")
              .toList(),
          document.get(table.name()).stream()
              .filter(row -> row.get(3).startsWith("never"))
              .map(row -> row.get(0))
              .toList(),
          table.name());
    }
  }

  @Test
  void givesEachColumnAUnitAMissingValueRuleAndANormalisation() {
    document.forEach(
        (table, rows) ->
            rows.forEach(
                row -> {
                  assertEquals(5, row.size(), table + " " + row);
                  assertEquals(-1, row.indexOf(""), table + " " + row);
                }));
  }
}
