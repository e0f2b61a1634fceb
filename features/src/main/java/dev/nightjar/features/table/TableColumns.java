package dev.nightjar.features.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the columns of a table while its class declares them, in written order:
 *
 * <pre>{@code
 * private static final TableColumns COLUMNS = new TableColumns();
 * public static final String AGE_DAYS =
 *     COLUMNS.add(optional("age_days", DoubleType, "days since the first event").missing("..."));
 * public static final Table TABLE = COLUMNS.table("user_features", 2, "one user", Table.KNOWN);
 * }</pre>
 */
public final class TableColumns {
  private final List<TableColumn> stored = new ArrayList<>();
  private final List<TableColumn> mapped = new ArrayList<>();

  /**
   * Declares a stored column.
   *
   * @return its name
   */
  public String add(TableColumn column) {
    stored.add(column);
    if (column.input() != TableColumn.Input.NONE) {
      mapped.add(column);
    }
    return column.name();
  }

  /**
   * Declares a column that a shop's mapping fills and that no table stores.
   *
   * @return its name
   */
  public String addInput(TableColumn column) {
    mapped.add(column);
    return column.name();
  }

  /** The columns that a shop's mapping fills, in declared order. */
  public List<TableColumn> inputs() {
    return List.copyOf(mapped);
  }

  /**
   * The table of the columns declared so far.
   *
   * @param name folder under the warehouse root
   * @param version raised whenever the schema or the meaning of a column changes
   * @param row what one row is
   * @param partition what the rows of one date are
   */
  public Table table(String name, int version, String row, String partition) {
    return new Table(name, version, row, partition, List.copyOf(stored));
  }
}
