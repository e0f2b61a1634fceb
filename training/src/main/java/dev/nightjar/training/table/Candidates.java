package dev.nightjar.training.table;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code candidates}: one item that at least one source proposes to a user for tomorrow.
 *
 * <p>Each source of {@link #SOURCE_NAMES} has a score column of its own. It has a score wherever
 * the source knows something of the pair, also where other items kept it from being proposed.
 */
public final class Candidates {
  private static final TableColumns COLUMNS = new TableColumns();
  private static final List<String> NAMES = new ArrayList<>();

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String ITEM_ID = COLUMNS.add(required("item_id", StringType, "shop's id"));

  public static final String SOURCES =
      COLUMNS.add(
          required(
              "sources",
              createArrayType(StringType),
              "names of the sources, in alphabetical order"));

  static {
    score("repeat", "bought before, by count and by how due it is", "the pair was not bought");
    score(
        "abandoned",
        "left in the cart or viewed again and again",
        "the pair does not look given up");
    score("als", "dot product of the factors, any sign", "user or item has none");
    score(
        "item_item",
        "sum of weighted similarities to the items of the user",
        "no item of the user is near");
    score(
        "user_user",
        "weighted mean interest of the users most alike",
        "none of them touched the item");
    score(
        "complement",
        "sum over recent purchases of how much more the item is bought after them",
        "it follows none of them");
    score("rules", "confidence x ln(lift) of the best rule", "no rule leads to it");
    score("content", "0 to 1: cosine with all that the user touched", "they share no term");
    score(
        "popular",
        "0 to 1: share of the demand for the best-seller of the segment",
        "nobody of the segment touched the item lately");
    score(
        "trending",
        "rise of the last 7 days, about in standard deviations, any sign",
        "nobody of the segment touched the item lately");
  }

  public static final String BECAUSE_ITEM_ID =
      COLUMNS.add(
          optional(
                  "because_item_id",
                  StringType,
                  "item of the user that speaks most for this one, by `because_source`")
              .missing("null where none of those sources proposed the pair"));

  public static final String BECAUSE_SOURCE =
      COLUMNS.add(
          optional(
                  "because_source",
                  StringType,
                  "`complement`, `rules`, `item_item` or `content`, the first of them that proposed the pair")
              .missing("null where none did"));

  /** Every source, in the order of the score columns. */
  public static final List<String> SOURCE_NAMES = List.copyOf(NAMES);

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "candidates",
          2,
          "one item that at least one source proposes to a user for the day after",
          Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private Candidates() {}

  /** Column with the score of a source of {@link #SOURCE_NAMES}. */
  public static String score(String source) {
    return source + "_score";
  }

  private static void score(String source, String meaning, String missing) {
    NAMES.add(source);
    COLUMNS.add(
        optional(score(source), DoubleType, meaning + "; compare within the source only")
            .missing("null where " + missing + ", or the source is off"));
  }
}
