package dev.nightjar.export.rank;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.Locales;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.table.UserSegments;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What reasons name besides the item: the user's item that supports it, and the group in which it
 * sold recently. A group is named only where {@link #LEAST_BUYERS} of its users bought the item, so
 * that nobody can be identified.
 */
final class ReasonFacts {
  /** Title of the item that supports this one; its id where it has no title. */
  static final String BECAUSE_TITLE = "because_title";

  /** Whether the user bought the supporting item. */
  static final String IS_BECAUSE_BOUGHT = "is_because_bought";

  /** Whether the user viewed the supporting item or put it among the favourites or in the cart. */
  static final String IS_BECAUSE_SEEN = "is_because_seen";

  /** English name of the user's country; null where unknown. */
  static final String COUNTRY = "country";

  /** Labels of the groups in which enough people bought the item in 7 days. */
  static final String WEEK_GROUPS = "week_groups";

  /** The same in 30 days. */
  static final String MONTH_GROUPS = "month_groups";

  private static final int LEAST_BUYERS = 5;
  private static final int WEEK_DAYS = 7;
  private static final int MONTH_DAYS = 30;

  private static final String BOUGHT_ITEMS = "bought_items";
  private static final String SEEN_ITEMS = "seen_items";
  private static final String GROUP = "group";
  private static final String WEEK_BUYERS = "week_buyers";
  private static final String MONTH_BUYERS = "month_buyers";
  private static final String[] USER = {RankedItems.USER_ID};
  private static final String[] ITEM = {RankedItems.ITEM_ID};

  private ReasonFacts() {}

  /** Adds the facts to the rows of {@link Shortlist#of}. */
  static Dataset<Row> join(Dataset<Row> ordered, RankInputs inputs) {
    Dataset<Row> people = people(inputs);
    Dataset<Row> pairs = inputs.tonight().pairFeatures();
    // By user, as the rows are already partitioned: a join by user and item would shuffle them all
    // again.
    return ordered
        .join(people.join(ownItems(pairs), USER, "full_outer"), USER, "left_outer")
        .withColumn(IS_BECAUSE_BOUGHT, isBecauseIn(BOUGHT_ITEMS))
        .withColumn(IS_BECAUSE_SEEN, isBecauseIn(SEEN_ITEMS))
        .drop(BOUGHT_ITEMS, SEEN_ITEMS)
        .join(titles(inputs.tonight()), new String[] {Candidates.BECAUSE_ITEM_ID}, "left_outer")
        .withColumn(BECAUSE_TITLE, coalesce(col(BECAUSE_TITLE), col(Candidates.BECAUSE_ITEM_ID)))
        .join(crowds(pairs, people), ITEM, "left_outer");
  }

  private static Column isBecauseIn(String items) {
    return coalesce(array_contains(col(items), col(Candidates.BECAUSE_ITEM_ID)), lit(false));
  }

  /** The label of everyone. */
  static Column everyone() {
    return lit("");
  }

  /** The label of those with similar tastes; null where the user has no segment. */
  static Column segment() {
    return concat(lit("segment "), col(UserSegments.SEGMENT_NAME));
  }

  /** The label of those in the same country; null where it is unknown. */
  static Column compatriots() {
    return concat(lit("country "), col(COUNTRY));
  }

  private static Dataset<Row> titles(Snapshot tonight) {
    Column title = nullif(trim(col(Items.TITLE)), lit(""));
    return tonight
        .items()
        .select(col(Items.ITEM_ID).as(Candidates.BECAUSE_ITEM_ID), title.as(BECAUSE_TITLE));
  }

  /**
   * user_id, bought_items, seen_items: a purchase that was wholly returned alone puts an item in
   * neither.
   */
  private static Dataset<Row> ownItems(Dataset<Row> pairs) {
    Column item = col(PairFeatures.ITEM_ID);
    Column sights =
        col(PairFeatures.VIEWS).plus(col(PairFeatures.FAVORITES)).plus(col(PairFeatures.CARTS));
    return pairs
        .groupBy(PairFeatures.USER_ID)
        .agg(
            collect_list(when(col(PairFeatures.PURCHASES).gt(0), item)).as(BOUGHT_ITEMS),
            collect_list(when(sights.gt(0), item)).as(SEEN_ITEMS));
  }

  /** user_id, segment_name, country. */
  private static Dataset<Row> people(RankInputs inputs) {
    Column country = countryName(Locales.country(col(Users.LOCALE)));
    return inputs
        .tonight()
        .users()
        .select(col(Users.USER_ID), country.as(COUNTRY))
        .join(
            inputs.userSegments().select(RankedItems.USER_ID, UserSegments.SEGMENT_NAME),
            USER,
            "left_outer")
        .select(RankedItems.USER_ID, UserSegments.SEGMENT_NAME, COUNTRY);
  }

  /** English name of the country of an ISO code; null where no country has it. */
  private static Column countryName(Column code) {
    String[] codes = Locale.getISOCountries();
    String[] names =
        Arrays.stream(codes)
            .map(country -> new Locale("", country).getDisplayCountry(Locale.ENGLISH))
            .toArray(String[]::new);
    return map_from_arrays(lit(codes), lit(names)).getItem(code);
  }

  /** item_id, week_groups, month_groups. */
  private static Dataset<Row> crowds(Dataset<Row> pairs, Dataset<Row> people) {
    Column isWeek = col(PairFeatures.PURCHASE_RECENCY_DAYS).lt(WEEK_DAYS);
    return pairs
        .where(
            col(PairFeatures.PURCHASES)
                .gt(0)
                .and(col(PairFeatures.PURCHASE_RECENCY_DAYS).lt(MONTH_DAYS)))
        .select(col(PairFeatures.USER_ID), col(PairFeatures.ITEM_ID), isWeek.as(WEEK_BUYERS))
        .join(people, USER, "left_outer")
        .select(
            col(PairFeatures.ITEM_ID),
            col(WEEK_BUYERS),
            explode(array_compact(array(everyone(), segment(), compatriots()))).as(GROUP))
        .groupBy(PairFeatures.ITEM_ID, GROUP)
        .agg(count(lit(1)).as(MONTH_BUYERS), sum(col(WEEK_BUYERS).cast("int")).as(WEEK_BUYERS))
        .where(col(MONTH_BUYERS).geq(LEAST_BUYERS))
        .groupBy(PairFeatures.ITEM_ID)
        .agg(
            collect_list(when(col(WEEK_BUYERS).geq(LEAST_BUYERS), col(GROUP))).as(WEEK_GROUPS),
            collect_list(col(GROUP)).as(MONTH_GROUPS));
  }
}
