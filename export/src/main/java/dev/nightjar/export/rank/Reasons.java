package dev.nightjar.export.rank;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.candidate.learning.CandidateSource;
import dev.nightjar.training.candidate.learning.SourceLink;
import dev.nightjar.training.candidate.learning.SourceWords;
import dev.nightjar.training.candidate.source.CandidateSources;
import dev.nightjar.training.table.UserSegments;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * Why an item is on a user's list, in words a shop can show to that user on the day of the push.
 * The strongest reason wins: what the user did with the item itself, then an item of the user that
 * supports it, then the taste of others, newness, and last what sells. Days are counted to the day
 * of the push, so the night's day is yesterday.
 */
final class Reasons {
  /** Least number of purchases that make a rhythm. */
  private static final int RHYTHM_PURCHASES = 3;

  private static final String YESTERDAY = "yesterday";

  private Reasons() {}

  /**
   * Never null or empty, with or without facts in the row.
   *
   * @param newItemDays age in days up to which an item may be called new
   */
  static Column of(int newItemDays) {
    return coalesce(
        Stream.of(
                Stream.of(ownHistory(), because()),
                said(SourceWords.Basis.TASTE),
                Stream.of(isNew(newItemDays)),
                said(SourceWords.Basis.RISE, SourceWords.Basis.SALES, SourceWords.Basis.LIKENESS),
                Stream.of(lit("picked for you")))
            .flatMap(columns -> columns)
            .toArray(Column[]::new));
  }

  /** The words of the sources that proposed the item, of those with one of these bases. */
  private static Stream<Column> said(SourceWords.Basis... bases) {
    return CandidateSources.byWords().stream()
        .filter(source -> List.of(bases).contains(source.words().orElseThrow().basis()))
        .map(source -> when(isFrom(source.name()), text(source.words().orElseThrow())));
  }

  private static Column text(SourceWords words) {
    return words.basis().isOfSales() ? sellsIn(words.text()) : lit(words.text());
  }

  private static Column ownHistory() {
    Column purchases = col(PairFeatures.PURCHASES);
    Column weekViews = col(PairFeatures.VIEWS_7D);
    Column views = col(PairFeatures.VIEWS);
    Column lastBought = daysAgo(PairFeatures.PURCHASE_RECENCY_DAYS);
    Column gap = round(col(PairFeatures.PURCHASE_GAP_DAYS)).cast("long");
    Column rhythm =
        when(gap.leq(1), lit("every day")).otherwise(concat(lit("every "), gap, lit(" days")));
    return when(col(PairFeatures.IS_CART_OPEN), lit("left in your cart"))
        .when(
            purchases.geq(RHYTHM_PURCHASES).and(gap.isNotNull()).and(lastBought.isNotNull()),
            concat(lit("bought "), rhythm, lastTime(lastBought)))
        .when(
            purchases.gt(1).and(lastBought.isNotNull()),
            concat(lit("bought "), times(purchases), lastTime(lastBought)))
        .when(purchases.equalTo(1).and(lastBought.isNotNull()), concat(lit("bought "), lastBought))
        .when(weekViews.gt(1), concat(lit("viewed "), times(weekViews), lit(" in the last week")))
        .when(col(PairFeatures.FAVORITES).gt(0), lit("among your favourites"))
        .when(views.gt(1), concat(lit("viewed "), times(views)))
        .when(views.equalTo(1), lit("viewed once"));
  }

  private static Column because() {
    Column source = col(Candidates.BECAUSE_SOURCE);
    Column title = col(ReasonFacts.BECAUSE_TITLE);
    Column isBought = col(ReasonFacts.IS_BECAUSE_BOUGHT);
    Column bought = concat(lit("because you bought "), title);
    for (CandidateSource linked : CandidateSources.byLink()) {
      SourceLink link = linked.link().orElseThrow();
      bought =
          when(source.equalTo(linked.name()), concat(lit(link.before()), title, lit(link.after())))
              .otherwise(bought);
    }
    return when(isBought, bought)
        .when(col(ReasonFacts.IS_BECAUSE_SEEN), concat(lit("because you looked at "), title));
  }

  private static Column isNew(int newItemDays) {
    Column category = element_at(split(col(Items.CATEGORY), "/"), -1);
    return when(
        col(Shortlist.ITEM_AGE_DAYS).lt(newItemDays).and(not(category.equalTo(""))),
        concat(lit("new in "), words(category)));
  }

  private static Column words(Column name) {
    return regexp_replace(name, "[-_]+", " ");
  }

  /** The user's smallest group in which it sells, and how recently; nothing where unknown. */
  private static Column sellsIn(String how) {
    Column likes = words(regexp_replace(col(UserSegments.SEGMENT_NAME), "[^,]*/", ""));
    Column segment = concat(lit(how + " with people who like "), likes);
    Column country = concat(lit(how + " in "), col(ReasonFacts.COUNTRY));
    return when(isIn(ReasonFacts.WEEK_GROUPS, ReasonFacts.segment()), thisWeek(segment))
        .when(isIn(ReasonFacts.WEEK_GROUPS, ReasonFacts.compatriots()), thisWeek(country))
        .when(isIn(ReasonFacts.MONTH_GROUPS, ReasonFacts.segment()), thisMonth(segment))
        .when(isIn(ReasonFacts.MONTH_GROUPS, ReasonFacts.compatriots()), thisMonth(country))
        .when(isIn(ReasonFacts.WEEK_GROUPS, ReasonFacts.everyone()), thisWeek(lit(how)))
        .when(isIn(ReasonFacts.MONTH_GROUPS, ReasonFacts.everyone()), thisMonth(lit(how)))
        .otherwise(lit(how));
  }

  private static Column thisWeek(Column words) {
    return concat(words, lit(" this week"));
  }

  private static Column thisMonth(Column words) {
    return concat(words, lit(" this month"));
  }

  private static Column isIn(String groups, Column label) {
    return array_contains(col(groups), label);
  }

  private static Column isFrom(String source) {
    return array_contains(col(RankedItems.SOURCES), source);
  }

  private static Column times(Column number) {
    return when(number.equalTo(2), lit("twice"))
        .otherwise(concat(number.cast("string"), lit(" times")));
  }

  private static Column lastTime(Column daysAgo) {
    return when(daysAgo.equalTo(YESTERDAY), lit(", most recently yesterday"))
        .otherwise(concat(lit(", last "), daysAgo));
  }

  private static Column daysAgo(String ageDays) {
    Column days = floor(col(ageDays)).plus(1);
    return when(days.leq(1), lit(YESTERDAY))
        .when(days.isNotNull(), concat(days.cast("string"), lit(" days ago")));
  }
}
