package dev.nightjar.pipeline.backtest.run;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.evaluate.Forecasts;
import dev.nightjar.training.evaluate.lists.KnownItems;
import dev.nightjar.training.evaluate.lists.ListBook;
import dev.nightjar.training.evaluate.lists.Shoppers;
import dev.nightjar.training.intent.model.IntentModel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Reads the night's lists: the blend and every source alone, and the predicted probability of each
 * candidate with its outcome.
 *
 * @param ranked {@code ranked_items}
 * @param candidates {@code candidates}
 * @param predicted the purchase probability of each candidate
 * @param purchases of {@link DaysAfter#purchases}
 * @param sources those that are on
 */
record SourceLists(
    Dataset<Row> ranked,
    Dataset<Row> candidates,
    Dataset<Row> predicted,
    Dataset<Row> purchases,
    List<String> sources) {
  private static final String IS_COMPARED = "is_compared";
  private static final String LIST = "list";

  static ListBook.Name name(String source) {
    return new ListBook.Name(ListBook.Kind.SOURCE, "only_" + source);
  }

  /**
   * Writes the lists of the shoppers and collects the forecasts.
   *
   * @param forecasts receives the forecasts of every user of {@code users}
   * @param users users whose forecasts are compared
   */
  void read(ListBook book, KnownItems items, Dataset<Row> users, Forecasts forecasts) {
    Map<String, Integer> shoppers = new HashMap<>();
    for (int i = 0; i < book.shoppers().size(); i++) {
      shoppers.put(book.shoppers().get(i).id(), i);
    }
    book.open(ListBook.BLEND);
    sources.forEach(source -> book.open(name(source)));
    Iterator<Row> byUser =
        byUser(shoppers.keySet().stream().sorted().toList(), users).toLocalIterator();
    while (byUser.hasNext()) {
      Row row = byUser.next();
      List<Row> candidates = row.getList(row.fieldIndex(LIST));
      if (row.<Boolean>getAs(IS_COMPARED)) {
        candidates.forEach(candidate -> forecast(candidate, forecasts));
      }
      Integer shopper = shoppers.get(row.<String>getAs(Candidates.USER_ID));
      if (shopper != null) {
        book.put(ListBook.BLEND, shopper, order(candidates, RankedItems.RANK, items, 1));
        for (String source : sources) {
          List<Row> own = proposedBy(source, candidates);
          book.put(name(source), shopper, order(own, Candidates.score(source), items, -1));
        }
      }
    }
  }

  /** Adds a candidate that has a probability. */
  private static void forecast(Row candidate, Forecasts forecasts) {
    Double probability = candidate.getAs(IntentModel.PURCHASE_PROBABILITY);
    Integer days = candidate.getAs(Shoppers.DAYS_AFTER);
    if (probability != null) {
      forecasts.add(probability, days == null ? Forecasts.NEVER : days);
    }
  }

  /**
   * A source scores more items than it proposes: items that only others proposed are not on its
   * list.
   */
  static List<Row> proposedBy(String source, List<Row> candidates) {
    return candidates.stream()
        .filter(
            row -> {
              int at = row.fieldIndex(Candidates.SOURCES);
              return !row.isNullAt(at) && row.getList(at).contains(source);
            })
        .toList();
  }

  /** One row per user, so that the driver handles one user's lists at a time. */
  private Dataset<Row> byUser(List<String> shoppers, Dataset<Row> users) {
    String[] pair = {Candidates.USER_ID, Candidates.ITEM_ID};
    String[] user = {Candidates.USER_ID};
    Column[] columns =
        Stream.concat(
                Stream.of(
                    Candidates.ITEM_ID,
                    RankedItems.RANK,
                    IntentModel.PURCHASE_PROBABILITY,
                    Shoppers.DAYS_AFTER,
                    Candidates.SOURCES),
                sources.stream().map(Candidates::score))
            .map(functions::col)
            .toArray(Column[]::new);
    Dataset<Row> compared = users.select(Users.USER_ID).withColumn(IS_COMPARED, lit(true));
    Dataset<Row> readers =
        users
            .sparkSession()
            .createDataset(shoppers, Encoders.STRING())
            .toDF(Users.USER_ID)
            .join(compared, user, "full_outer")
            .withColumn(IS_COMPARED, coalesce(col(IS_COMPARED), lit(false)));
    return candidates
        .join(
            predicted.select(
                Candidates.USER_ID, Candidates.ITEM_ID, IntentModel.PURCHASE_PROBABILITY),
            pair,
            "left_outer")
        .join(
            ranked.select(RankedItems.USER_ID, RankedItems.ITEM_ID, RankedItems.RANK),
            pair,
            "full_outer")
        .join(purchases, pair, "left_outer")
        .join(broadcast(readers), user, "inner")
        .groupBy(col(Candidates.USER_ID), col(IS_COMPARED))
        .agg(collect_list(struct(columns)).as(LIST))
        .select(Candidates.USER_ID, LIST, IS_COMPARED);
  }

  /** Items that have the figure, the largest first where {@code sign} is -1; ties by id. */
  private static int[] order(List<Row> candidates, String figure, KnownItems items, int sign) {
    record Place(int item, double figure) {}
    return candidates.stream()
        .filter(row -> !row.isNullAt(row.fieldIndex(figure)))
        .map(
            row ->
                new Place(
                    items.indexOf(row.getAs(Candidates.ITEM_ID)),
                    sign * row.<Number>getAs(figure).doubleValue()))
        .filter(place -> place.item() >= 0 && !Double.isNaN(place.figure()))
        .sorted(Comparator.comparingDouble(Place::figure).thenComparingInt(Place::item))
        .mapToInt(Place::item)
        .toArray();
  }
}
