package dev.nightjar.features.source;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * An input of the shop: the columns that a mapping can fill, with their types. A column that the
 * mapping leaves out is null in every row.
 */
public enum InputTable {
  /** One action of a user. */
  EVENTS(
      new StructType()
          .add("event_id", StringType)
          .add("user_id", StringType, false)
          .add("item_id", StringType)
          .add("event_type", StringType, false)
          .add("event_time", TimestampType, false)
          .add("session_id", StringType)
          .add("price", DoubleType)
          .add("quantity", IntegerType)
          .add("rating", DoubleType)
          .add("query", StringType)
          .add("device", StringType)
          .add("scene", StringType)),

  /** One item, as of {@code updated_at}, else of the day of its file. */
  ITEMS(
      new StructType()
          .add("item_id", StringType, false)
          .add("title", StringType)
          .add("category", StringType)
          .add("brand", StringType)
          .add("price", DoubleType)
          .add("stock", LongType)
          .add("created_at", TimestampType)
          .add("attributes", strings())
          .add("updated_at", TimestampType)),

  /** One user, as of {@code updated_at}, else of the day of its file. */
  USERS(
      new StructType()
          .add("user_id", StringType, false)
          .add("zone", StringType)
          .add("locale", StringType)
          .add("created_at", TimestampType)
          .add("consent", BooleanType)
          .add("quiet_from", StringType)
          .add("quiet_to", StringType)
          .add("attributes", strings())
          .add("updated_at", TimestampType)),

  /** One push that was sent, or a later report of what became of it. */
  PUSHES(
      new StructType()
          .add("push_id", StringType, false)
          .add("user_id", StringType, false)
          .add("item_id", StringType)
          .add("template_id", StringType)
          .add("sent_at", TimestampType, false)
          .add("delivered_at", TimestampType)
          .add("opened_at", TimestampType)
          .add("clicked_at", TimestampType)
          .add("unsubscribed_at", TimestampType)
          .add("propensity", DoubleType)),

  /** One user who must not be contacted. */
  SUPPRESSIONS(
      new StructType()
          .add("user_id", StringType, false)
          .add("reason", StringType)
          .add("since", TimestampType));

  /** Text of the source row: as it stood where it could not be split, else its columns as JSON. */
  public static final String RAW = "_raw";

  /** File the row was read from. */
  public static final String SOURCE_PATH = "_source_path";

  /** Day in the file's path; null for a source without {@code {date}}. */
  public static final String SOURCE_DAY = "_source_day";

  /** True where the row could not be split into the source's columns. */
  public static final String MALFORMED = "_malformed";

  /**
   * Mapped target columns, text apart, whose value was there but is not of the column's type; of a
   * row that could not be split, all of them.
   */
  public static final String UNREADABLE = "_unreadable";

  // StructType is a Scala case class without setters, which the checker cannot know.
  @SuppressWarnings("ImmutableEnumChecker")
  private final StructType schema;

  InputTable(StructType schema) {
    this.schema = schema;
  }

  /** Name in config, such as {@code events}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Columns that a mapping can fill; those that it must fill are not nullable. */
  public StructType schema() {
    return schema;
  }

  /** Names of all columns that a mapping can fill. */
  public List<String> columns() {
    return List.of(schema.fieldNames());
  }

  /** Names of the columns that a mapping must fill. */
  public List<String> required() {
    return Arrays.stream(schema.fields())
        .filter(field -> !field.nullable())
        .map(StructField::name)
        .toList();
  }

  /** Columns of a mapped dataset: those of {@link #schema} and the helpers named above. */
  public StructType mappedSchema() {
    StructType mapped = new StructType();
    for (StructField field : schema.fields()) {
      mapped = mapped.add(field.name(), field.dataType(), true);
    }
    return mapped
        .add(RAW, StringType)
        .add(SOURCE_PATH, StringType)
        .add(SOURCE_DAY, DateType)
        .add(MALFORMED, BooleanType)
        .add(UNREADABLE, createArrayType(StringType));
  }

  private static DataType strings() {
    return createMapType(StringType, StringType);
  }
}
