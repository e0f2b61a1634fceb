package dev.nightjar.pipeline.warehouse;

import static dev.nightjar.features.table.TableColumn.optional;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warehouse over another one: reads both, writes only its own. */
final class WarehouseBelowTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 9);
  private static final LocalDate TUESDAY = LocalDate.of(2026, 3, 10);
  private static final Table USERS = users();

  private static Table users() {
    TableColumns columns = new TableColumns();
    columns.add(optional("user_id", StringType, "who"));
    return columns.table("users", 1, "one user", Table.KNOWN);
  }

  @TempDir Path root;

  private Storage storage(String name) {
    return Storage.open(
        root.resolve(name).toString(), TestSpark.session().sparkContext().hadoopConfiguration());
  }

  private static void write(Warehouse warehouse, LocalDate date, String user) {
    Writing writing = warehouse.begin(new Provenance("f", "test", Map.of(), Map.of()), false);
    writing.write(
        USERS,
        date,
        TestSpark.dataset(USERS.schema(), List.of(TestRow.of(USERS).set("user_id", user).row())));
    writing.commit(1);
  }

  private static String days(Warehouse warehouse) {
    return String.join(
        " ",
        warehouse.readDays(USERS, MONDAY, TUESDAY).collectAsList().stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList());
  }

  @Test
  void readsFromTheOtherWhatItHasNotWrittenItself() {
    Warehouse base = new Warehouse(TestSpark.session(), storage("base"));
    write(base, MONDAY, "ann");
    write(base, TUESDAY, "bob");
    Warehouse over = base.below(storage("over"));
    assertEquals("ann bob", days(over));
    write(over, TUESDAY, "cid");
    assertEquals("ann cid", days(over));
    assertEquals("ann bob", days(base));
    assertEquals("ann bob", days(new Warehouse(TestSpark.session(), storage("base"))));
    assertTrue(over.modelDirectory(USERS.name(), MONDAY).contains("/base/"));
    assertTrue(over.modelDirectory(USERS.name(), TUESDAY).contains("/over/"));
  }
}
