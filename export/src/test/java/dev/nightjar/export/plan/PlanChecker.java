package dev.nightjar.export.plan;

import dev.nightjar.export.policy.PolicyConfig;
import dev.nightjar.features.AsOf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Runs {@code scripts/check_plan.sql} in DuckDB over Parquet that Spark wrote. */
final class PlanChecker implements AutoCloseable {
  private final Connection duckdb;
  private final String sql;
  private final Path folder;
  private int written;

  PlanChecker(Path folder) throws SQLException, IOException {
    this.folder = folder;
    this.sql = Files.readString(Path.of("..", "scripts", "check_plan.sql"));
    this.duckdb = DriverManager.getConnection("jdbc:duckdb:");
    run("SET TimeZone = 'UTC'");
  }

  /** Makes a table of a dataset's rows, replacing one of the same name. */
  void load(String table, Dataset<Row> rows) throws SQLException {
    run("CREATE OR REPLACE TABLE " + table + " AS SELECT * FROM " + write(rows));
  }

  /** Adds a night's schedule to those of earlier nights. */
  void loadSchedule(LocalDate night, Dataset<Row> rows) throws SQLException {
    String select = "SELECT DATE '" + night + "' AS night, * FROM " + write(rows);
    run("CREATE TABLE IF NOT EXISTS schedules AS " + select + " LIMIT 0");
    run("INSERT INTO schedules " + select);
  }

  void rules(AsOf night, PolicyConfig policy, PlanConfig plan) throws SQLException {
    run("SET VARIABLE plan_date = DATE '" + night.date() + "'");
    run("SET VARIABLE shop_zone = '" + night.zone() + "'");
    run("SET VARIABLE quiet_from = '" + policy.quietFrom() + "'");
    run("SET VARIABLE quiet_to = '" + policy.quietTo() + "'");
    run("SET VARIABLE daily_cap = " + policy.dailyCap());
    run("SET VARIABLE weekly_cap = " + policy.weeklyCap());
    run("SET VARIABLE min_gap_hours = " + policy.minGapHours());
    run("SET VARIABLE valid_minutes = " + policy.validMinutes());
    run(
        "SET VARIABLE unknown_zone = '"
            + policy.unknownZone().name().toLowerCase(Locale.ROOT)
            + "'");
    run("SET VARIABLE lead_hours = " + plan.leadHours());
  }

  /** Rows checked and violations of every rule. */
  Map<String, List<Long>> check() throws SQLException {
    Map<String, List<Long>> results = new LinkedHashMap<>();
    try (Statement statement = duckdb.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        results.put(rows.getString(1), List.of(rows.getLong(2), rows.getLong(3)));
      }
    }
    return results;
  }

  /** Rules with violations while {@code corruption} is in the tables; it is undone after. */
  List<String> broken(String corruption) throws SQLException {
    run("BEGIN TRANSACTION");
    try {
      run(corruption);
      List<String> broken = new ArrayList<>();
      check()
          .forEach(
              (rule, figures) -> {
                if (figures.get(1) > 0) {
                  broken.add(rule);
                }
              });
      return broken;
    } finally {
      run("ROLLBACK");
    }
  }

  @Override
  public void close() throws SQLException {
    duckdb.close();
  }

  private String write(Dataset<Row> rows) {
    String path = folder.resolve("t" + written++).toString();
    rows.write().parquet(path);
    return "read_parquet('" + path + "/*.parquet')";
  }

  private void run(String statement) throws SQLException {
    try (Statement running = duckdb.createStatement()) {
      running.execute(statement);
    }
  }
}
