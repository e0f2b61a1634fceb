package dev.nightjar.training.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code candidates}: one item that at least one source proposes to a user for tomorrow.
 *
 * <p>Each source of {@link #SOURCE_NAMES} has a score column of its own. A score stands wherever
 * the source has something to say of the pair, also where other items kept it from being proposed.
 */
public final class Candidates {
  /** To whom. */
  public static final String USER_ID = "user_id";

  /** Which item. */
  public static final String ITEM_ID = "item_id";

  /** Names of the sources that proposed it, in alphabetical order. */
  public static final String SOURCES = "sources";

  /** Bought before: how often, times how due it is. */
  public static final String REPEAT_SCORE = "repeat_score";

  /** Left in the cart or viewed again and again. */
  public static final String ABANDONED_SCORE = "abandoned_score";

  /** Dot product of the ALS factors; null where user or item has none. */
  public static final String ALS_SCORE = "als_score";

  /** Similarity to the user's items by who else touched them. */
  public static final String ITEM_ITEM_SCORE = "item_item_score";

  /** Interest of the users most like this one. */
  public static final String USER_USER_SCORE = "user_user_score";

  /** Bought on a later day than what the user bought. */
  public static final String COMPLEMENT_SCORE = "complement_score";

  /** Best association rule from the user's recent baskets. */
  public static final String RULES_SCORE = "rules_score";

  /** Cosine of the item's words, category and brand with those of the user's items. */
  public static final String CONTENT_SCORE = "content_score";

  /** Demand in the user's segment over that of its best-seller. */
  public static final String POPULAR_SCORE = "popular_score";

  /** Rise of demand in the user's segment, about in standard deviations. */
  public static final String TRENDING_SCORE = "trending_score";

  /** Item of the user's history that speaks most for this one; null where none does. */
  public static final String BECAUSE_ITEM_ID = "because_item_id";

  /** Source by which it does; null where none does. */
  public static final String BECAUSE_SOURCE = "because_source";

  /** Every source, in the order of the score columns. */
  public static final List<String> SOURCE_NAMES =
      List.of(
          "repeat",
          "abandoned",
          "als",
          "item_item",
          "user_user",
          "complement",
          "rules",
          "content",
          "popular",
          "trending");

  /** Columns in written order. */
  public static final StructType SCHEMA = schema();

  /** Name, version and columns. */
  public static final Table TABLE = new Table("candidates", 2, SCHEMA);

  private Candidates() {}

  /** Column with the score of a source of {@link #SOURCE_NAMES}. */
  public static String score(String source) {
    return source + "_score";
  }

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add(USER_ID, StringType, false)
            .add(ITEM_ID, StringType, false)
            .add(SOURCES, createArrayType(StringType), false);
    for (String source : SOURCE_NAMES) {
      schema = schema.add(score(source), DoubleType, true);
    }
    return schema.add(BECAUSE_ITEM_ID, StringType, true).add(BECAUSE_SOURCE, StringType, true);
  }
}
