package dev.nightjar.pipeline.backtest.measure;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.model.IntentModel;
import java.util.ArrayList;
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
 * Reads the night's lists: the blend and every source alone, and what was foretold of each
 * candidate beside what happened.
 *
 * @param ranked {@code ranked_items}
 * @param candidates {@code candidates}
 * @param foretold the purchase probability of each candidate
 * @param purchases of {@link DaysAfter#purchases}
 * @param sources those that are on
 */
public record SourceLists(
    Dataset<Row> ranked,
    Dataset<Row> candidates,
    Dataset<Row> foretold,
    Dataset<Row> purchases,
    List<String> sources) {
  public static final ListBook.Name BLEND = new ListBook.Name(ListBook.Kind.BLEND, "blend");

  private static final String LIST = "list";
  private static final int ITEM = 0;
  private static final int RANK = 1;
  private static final int PROBABILITY = 2;
  private static final int DAYS = 3;
  private static final int SOURCES = 4;
  private static final int FIRST_SCORE = 5;

  static ListBook.Name name(String source) {
    return new ListBook.Name(ListBook.Kind.SOURCE, "only_" + source);
  }

  /**
   * Writes the lists of the shoppers and collects the forecasts.
   *
   * @param forecasts where to put the forecasts of every user of {@code users}
   * @param users users whose forecasts are compared
   */
  public void read(ListBook book, KnownItems items, Dataset<Row> users, Forecasts forecasts) {
    Map<String, Integer> shoppers = new HashMap<>();
    for (int i = 0; i < book.shoppers().size(); i++) {
      shoppers.put(book.shoppers().get(i).id(), i);
    }
    List<ListBook.Name> names = new ArrayList<>(List.of(BLEND));
    sources.forEach(source -> names.add(name(source)));
    names.forEach(book::open);
    Iterator<Row> byUser =
        byUser(shoppers.keySet().stream().sorted().toList(), users).toLocalIterator();
    while (byUser.hasNext()) {
      Row row = byUser.next();
      List<Row> candidates = row.getList(1);
      if (row.getBoolean(2)) {
        forecasts.add(candidates, PROBABILITY, DAYS);
      }
      Integer shopper = shoppers.get(row.getString(0));
      if (shopper != null) {
        book.put(BLEND, shopper, order(candidates, RANK, items, 1));
        for (int source = 0; source < sources.size(); source++) {
          List<Row> own = proposedBy(sources.get(source), candidates);
          book.put(names.get(source + 1), shopper, order(own, FIRST_SCORE + source, items, -1));
        }
      }
    }
  }

  /** A source scores more items than it proposes: those that others did are not on its list. */
  static List<Row> proposedBy(String source, List<Row> candidates) {
    return candidates.stream()
        .filter(row -> !row.isNullAt(SOURCES) && row.getList(SOURCES).contains(source))
        .toList();
  }

  /** One row a user, so that the lists pass through the driver one after the other. */
  private Dataset<Row> byUser(List<String> shoppers, Dataset<Row> users) {
    String[] pair = {Candidates.USER_ID, Candidates.ITEM_ID};
    String[] user = {Candidates.USER_ID};
    Column[] columns =
        Stream.concat(
                Stream.of(
                    Candidates.ITEM_ID,
                    RankedItems.RANK,
                    IntentModel.PURCHASE_PROBABILITY,
                    Split.DAYS_AFTER,
                    Candidates.SOURCES),
                sources.stream().map(Candidates::score))
            .map(functions::col)
            .toArray(Column[]::new);
    Dataset<Row> compared =
        users.select(Users.USER_ID).withColumn(Forecasts.IS_COMPARED, lit(true));
    Dataset<Row> readers =
        users
            .sparkSession()
            .createDataset(shoppers, Encoders.STRING())
            .toDF(Users.USER_ID)
            .join(compared, user, "full_outer")
            .withColumn(Forecasts.IS_COMPARED, coalesce(col(Forecasts.IS_COMPARED), lit(false)));
    return candidates
        .join(
            foretold.select(
                Candidates.USER_ID, Candidates.ITEM_ID, IntentModel.PURCHASE_PROBABILITY),
            pair,
            "left_outer")
        .join(
            ranked.select(RankedItems.USER_ID, RankedItems.ITEM_ID, RankedItems.RANK),
            pair,
            "full_outer")
        .join(purchases, pair, "left_outer")
        .join(broadcast(readers), user, "inner")
        .groupBy(col(Candidates.USER_ID), col(Forecasts.IS_COMPARED))
        .agg(collect_list(struct(columns)).as(LIST))
        .select(Candidates.USER_ID, LIST, Forecasts.IS_COMPARED);
  }

  /** Items that have the figure, the largest first where {@code sign} is -1; ties by id. */
  private static int[] order(List<Row> candidates, int figure, KnownItems items, int sign) {
    record Place(int item, double figure) {}
    return candidates.stream()
        .filter(row -> !row.isNullAt(figure))
        .map(
            row ->
                new Place(
                    items.indexOf(row.getString(ITEM)),
                    sign * row.<Number>getAs(figure).doubleValue()))
        .filter(place -> place.item() >= 0 && !Double.isNaN(place.figure()))
        .sorted(Comparator.comparingDouble(Place::figure).thenComparingInt(Place::item))
        .mapToInt(Place::item)
        .toArray();
  }
}
