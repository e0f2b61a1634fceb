package dev.nightjar.features.source;

import static dev.nightjar.features.table.TableColumn.Input.REQUIRED;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.TableColumn;
import dev.nightjar.features.table.Users;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/**
 * An input of the shop: the columns that a mapping can fill, with their types. A column that the
 * mapping leaves out is null in every row.
 */
public enum InputTable {
  EVENTS("one action of a user", CleanEvents.INPUT),

  ITEMS("one item as of `updated_at`, else of the day of its file", Items.INPUT),

  USERS("one user as of `updated_at`, else of the day of its file", Users.INPUT),

  PUSHES("one push that was sent, or a later report of its outcome", Pushes.INPUT),

  SUPPRESSIONS("one user who must not be contacted", Suppressions.INPUT);

  /** Text of the source row: the original where it could not be split, else its columns as JSON. */
  public static final String RAW = "_raw";

  /** File the row was read from. */
  public static final String SOURCE_PATH = "_source_path";

  /**
   * Number that rises with the rows of a file in the order in which they are read; null where it is
   * not known.
   */
  public static final String ROW = "_row";

  /** Day in the file's path; null for a source without {@code {date}}. */
  public static final String SOURCE_DAY = "_source_day";

  /** True where the row could not be split into the source's columns. */
  public static final String MALFORMED = "_malformed";

  /** True in a header in mid-file whose columns are in another order than those of the file. */
  public static final String REORDERED = "_reordered";

  /**
   * Mapped target columns, except text, whose value was present but not of the column's type; all
   * of them for a row that could not be split.
   */
  public static final String UNREADABLE = "_unreadable";

  // A list of records whose types are Spark's, which the checker cannot know to be immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<TableColumn> columns;

  private final String row;

  InputTable(String row, List<TableColumn> columns) {
    this.row = row;
    this.columns = columns;
  }

  /** Name in config, such as {@code events}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is a list of who may be sent pushes, or must not be. */
  public boolean isPermission() {
    return this == USERS || this == SUPPRESSIONS;
  }

  /** Whether a row of it may say that somebody must not be sent pushes. */
  public boolean canSayNo() {
    return isPermission() || this == PUSHES;
  }

  /** Columns that a mapping can fill. */
  public List<TableColumn> inputs() {
    return columns;
  }

  /** Names of all columns that a mapping can fill. */
  public List<String> columns() {
    return columns.stream().map(TableColumn::name).toList();
  }

  /** Names of the columns that a mapping must fill. */
  public List<String> required() {
    return columns.stream()
        .filter(column -> column.input() == REQUIRED)
        .map(TableColumn::name)
        .toList();
  }

  /** Columns of a mapped dataset: those of {@link #inputs} and the helpers named above. */
  public StructType mappedSchema() {
    StructType mapped = new StructType();
    for (TableColumn column : columns) {
      mapped = mapped.add(column.name(), column.type(), true);
    }
    return mapped
        .add(RAW, StringType)
        .add(SOURCE_PATH, StringType)
        .add(ROW, LongType)
        .add(SOURCE_DAY, DateType)
        .add(MALFORMED, BooleanType)
        .add(REORDERED, BooleanType)
        .add(UNREADABLE, createArrayType(StringType));
  }

  /** The input's row of the page on sources: what one row is and its columns, the required bold. */
  public String markdown() {
    String names =
        columns.stream()
            .map(column -> column.input() == REQUIRED ? "**" + column.name() + "**" : column.name())
            .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s |".formatted(key(), row, names);
  }
}
