package dev.nightjar.pipeline.fuzz;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.features.TestSpark;
import dev.nightjar.features.catalog.CheckedInputs;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.InputCounts;
import dev.nightjar.features.table.RejectedRows;
import dev.nightjar.features.table.Table;
import dev.nightjar.pipeline.CommandLineRun;
import dev.nightjar.pipeline.settings.Digests;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Nights of a shop in one root, and the rows that they kept and refused. */
final class FuzzNight {
  private final FuzzShop shop;
  private final Path root;

  FuzzNight(FuzzShop shop, Path root) {
    this.shop = shop;
    this.root = root;
  }

  CommandLineRun run(String until) {
    return CommandLineRun.of(
        "run",
        "--date",
        FuzzShop.DAY.toString(),
        "--root",
        root.toString(),
        "--conf",
        shop.conf().toString(),
        "--set",
        "data=" + shop.directory(),
        "--until",
        until);
  }

  /** Rows of all files of events. */
  int events() {
    Warehouse warehouse = warehouse();
    int rows = Math.toIntExact(all(warehouse, CleanEvents.TABLE).count());
    Form form = shop.form(InputTable.EVENTS);
    Dataset<Row> refused = all(warehouse, Checked.rejectedTable(InputTable.EVENTS));
    for (Row row : refused.select(RejectedRows.RAW).collectAsList()) {
      rows += form.rowsOfRefused(row.getString(0));
    }
    return rows;
  }

  private static Dataset<Row> all(Warehouse warehouse, Table table) {
    List<Manifest> days =
        warehouse.dates(table.name()).stream()
            .flatMap(day -> warehouse.manifests(table.name(), day).stream())
            .toList();
    return warehouse.rows(table, days);
  }

  /** Rows of a file of another input. */
  int others(FuzzShop.RawFile file) {
    Warehouse warehouse = warehouse();
    int rows = 0;
    Set<String> refusing = new HashSet<>();
    String name = file.path().toUri().getPath();
    for (Row row : warehouse.read(InputCounts.TABLE, FuzzShop.DAY).collectAsList()) {
      if (!String.valueOf(row.<String>getAs(InputCounts.FILE)).endsWith(name)) {
        continue;
      }
      if (row.<Boolean>getAs(InputCounts.IS_REFUSED)) {
        refusing.add(row.getAs(InputCounts.REASON));
      } else {
        rows += Math.toIntExact(row.<Long>getAs(InputCounts.ROWS));
      }
    }
    for (Row row :
        warehouse
            .read(CheckedInputs.REJECTED, FuzzShop.DAY)
            .where(col(RejectedRows.FILE).endsWith(name))
            .collectAsList()) {
      if (refusing.contains(row.<String>getAs(RejectedRows.REASON))) {
        rows += file.form().rowsOfRefused(row.getAs(RejectedRows.RAW));
      }
    }
    return rows;
  }

  private Warehouse warehouse() {
    return new Warehouse(
        TestSpark.session(),
        Storage.open(root.toString(), TestSpark.session().sparkContext().hadoopConfiguration()));
  }

  /** Every file of the root but its logs, with a digest of its bytes. */
  Map<String, String> files() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (!name.startsWith("_logs")) {
          found.put(name, Digests.sha256(RawText.of(Files.readAllBytes(file)), 16));
        }
      }
    }
    return found;
  }
}
