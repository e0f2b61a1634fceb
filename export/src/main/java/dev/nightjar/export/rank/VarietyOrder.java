package dev.nightjar.export.rank;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;

import dev.nightjar.export.table.RankedItems;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/**
 * {@link Variety} for every user. Plain Java over a user's list, since each place depends on all
 * places above it, which columns cannot express.
 *
 * <p>Input rows: user_id, list (array of the other columns of the shortlist, best first).
 */
final class VarietyOrder implements FlatMapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final String LIST = "list";

  private final Broadcast<ItemKinds> kinds;
  private final Variety variety;
  private final List<String> written;

  private VarietyOrder(Broadcast<ItemKinds> kinds, Variety variety, List<String> written) {
    this.kinds = kinds;
    this.variety = variety;
    this.written = written;
  }

  /**
   * Ranks the rows of each user anew.
   *
   * @param shortlist user_id, rank, item_id, score and any others
   */
  static Dataset<Row> apply(Dataset<Row> shortlist, ItemKinds kinds, RankConfig config) {
    List<String> written = List.of(shortlist.columns());
    Column[] inList =
        Stream.concat(Stream.of(RankedItems.RANK), written.stream())
            .distinct()
            .filter(name -> !name.equals(RankedItems.USER_ID))
            .map(functions::col)
            .toArray(Column[]::new);
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(shortlist.sparkSession().sparkContext());
    return shortlist
        .groupBy(RankedItems.USER_ID)
        .agg(array_sort(collect_list(struct(inList))).as(LIST))
        .flatMap(
            new VarietyOrder(context.broadcast(kinds), new Variety(config), written),
            Encoders.row(shortlist.schema()));
  }

  @Override
  public Iterator<Row> call(Row user) {
    List<Row> list = user.getList(user.fieldIndex(LIST));
    List<ItemKind> items =
        list.stream().map(row -> kinds.value().of(row.getAs(RankedItems.ITEM_ID))).toList();
    double[] scores =
        list.stream().mapToDouble(row -> row.<Double>getAs(RankedItems.SCORE)).toArray();
    int[] order = variety.order(items, scores);
    List<Row> rows = new ArrayList<>(order.length);
    for (int place = 0; place < order.length; place++) {
      Row item = list.get(order[place]);
      int rank = place + 1;
      rows.add(
          RowFactory.create(
              written.stream()
                  .map(
                      name ->
                          name.equals(RankedItems.RANK)
                              ? (Object) rank
                              : (name.equals(RankedItems.USER_ID) ? user : item).getAs(name))
                  .toArray()));
    }
    return rows.iterator();
  }
}
