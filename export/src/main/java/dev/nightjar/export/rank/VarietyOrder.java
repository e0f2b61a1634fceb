package dev.nightjar.export.rank;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;

import dev.nightjar.export.table.RankedItems;
import java.util.ArrayList;
import java.util.Arrays;
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
 * above it, which columns cannot say.
 *
 * <p>Input rows: user_id, list (array of rank, item_id, score and any others, best first).
 */
final class VarietyOrder implements FlatMapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final String LIST = "list";
  private static final int ITEM = 1;
  private static final int SCORE = 2;

  private final Broadcast<ItemKinds> kinds;
  private final Variety variety;

  private VarietyOrder(Broadcast<ItemKinds> kinds, Variety variety) {
    this.kinds = kinds;
    this.variety = variety;
  }

  /**
   * Gives the rows of each user new ranks.
   *
   * @param shortlist user_id, rank, item_id, score and any others
   */
  static Dataset<Row> apply(Dataset<Row> shortlist, ItemKinds kinds, RankConfig config) {
    List<String> first = List.of(RankedItems.RANK, RankedItems.ITEM_ID, RankedItems.SCORE);
    Column[] inList =
        Stream.concat(
                first.stream(),
                Arrays.stream(shortlist.columns())
                    .filter(name -> !first.contains(name) && !name.equals(RankedItems.USER_ID)))
            .map(functions::col)
            .toArray(Column[]::new);
    Column[] written =
        Stream.concat(Stream.of(col(RankedItems.USER_ID)), Arrays.stream(inList))
            .toArray(Column[]::new);
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(shortlist.sparkSession().sparkContext());
    return shortlist
        .groupBy(RankedItems.USER_ID)
        .agg(array_sort(collect_list(struct(inList))).as(LIST))
        .flatMap(
            new VarietyOrder(context.broadcast(kinds), new Variety(config)),
            Encoders.row(shortlist.select(written).schema()));
  }

  @Override
  public Iterator<Row> call(Row user) {
    List<Row> list = user.getList(1);
    List<ItemKind> items = list.stream().map(row -> kinds.value().of(row.getString(ITEM))).toList();
    double[] scores = list.stream().mapToDouble(row -> row.getDouble(SCORE)).toArray();
    int[] order = variety.order(items, scores);
    List<Row> rows = new ArrayList<>(order.length);
    for (int place = 0; place < order.length; place++) {
      Row row = list.get(order[place]);
      Object[] values = new Object[row.size() + 1];
      values[0] = user.getString(0);
      values[1] = place + 1;
      for (int column = 1; column < row.size(); column++) {
        values[column + 1] = row.get(column);
      }
      rows.add(RowFactory.create(values));
    }
    return rows.iterator();
  }
}
