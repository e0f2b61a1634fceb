package dev.nightjar.training.als;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserFactors;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * What {@link GradientAls} does, in one task with a thread for each block: a shop that is small
 * enough for it would else wait most of the time for Spark's jobs, of which a sweep has eight. The
 * factors are the same to the last bit.
 *
 * @param blocks of users, and of items
 */
record OneTaskAls(int blocks, AlsConfig config) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Blocks of a side that one task holds: at most twice {@code als.pairs_per_block} pairs. */
  static final int MOST_BLOCKS = 2;

  private static final String IS_USER = "is_user";
  private static final String ID = "id";
  private static final String INDEX = "index";
  private static final String FACTORS = "factors";
  private static final StructType SCHEMA =
      new StructType()
          .add(IS_USER, DataTypes.BooleanType)
          .add(ID, DataTypes.StringType)
          .add(INDEX, DataTypes.IntegerType)
          .add(FACTORS, DataTypes.createArrayType(DataTypes.FloatType));

  /**
   * Fits the factors.
   *
   * @param pairs user_id, item_id, strength; each pair once
   */
  static AlsFactors fit(Dataset<Row> pairs, int blocks, AlsConfig config) {
    MapPartitionsFunction<Row, Row> fit = new OneTaskAls(blocks, config)::fit;
    Dataset<Row> fitted =
        pairs
            .select(PairFeatures.USER_ID, PairFeatures.ITEM_ID, PairFeatures.STRENGTH)
            .coalesce(1)
            .mapPartitions(fit, Encoders.row(SCHEMA))
            .checkpoint(true);
    return new AlsFactors(
        fitted
            .where(col(IS_USER))
            .select(
                col(ID).as(UserFactors.USER_ID),
                col(INDEX).as(UserFactors.USER_INDEX),
                col(FACTORS).as(UserFactors.FACTORS)),
        fitted
            .where(not(col(IS_USER)))
            .select(
                col(ID).as(ItemFactors.ITEM_ID),
                col(INDEX).as(ItemFactors.ITEM_INDEX),
                col(FACTORS).as(ItemFactors.FACTORS)));
  }

  private Iterator<Row> fit(Iterator<Row> pairs) {
    NamedPairs named = NamedPairs.of(pairs);
    List<Links> users = each(block -> Links.of(named.ofUsers(block, blocks), blocks));
    List<Links> items = each(block -> Links.of(named.ofItems(block, blocks), blocks));
    List<float[]> user = each(block -> new float[users.get(block).size() * config.rank()]);
    List<float[]> item = each(block -> GradientAls.drawn(items.get(block), config));
    for (int sweep = 0; sweep < config.iterations(); sweep++) {
      user = solved(users, user, item);
      item = solved(items, item, user);
    }
    return Stream.concat(rows(true, named.userIds(), user), rows(false, named.itemIds(), item))
        .iterator();
  }

  /** One half-step: a side's vectors from those of the other side. */
  private List<float[]> solved(List<Links> side, List<float[]> own, List<float[]> other) {
    LeastSquares squares =
        LeastSquares.of(
            Gram.together(each(block -> Gram.of(other.get(block), config.rank()))), config);
    return each(
        block -> squares.solve(side.get(block), needed(side.get(block), other), own.get(block)));
  }

  /** The vectors that a block needs, in their places. */
  private float[] needed(Links links, List<float[]> other) {
    Iterable<Tuple2<Integer, float[]>> parts =
        () ->
            IntStream.range(0, blocks)
                .mapToObj(
                    from ->
                        new Tuple2<>(
                            from,
                            GradientAls.part(other.get(from), links.needed()[from], config.rank())))
                .iterator();
    return links.placed(parts, config.rank());
  }

  private <T> List<T> each(IntFunction<T> make) {
    return IntStream.range(0, blocks).parallel().mapToObj(make).toList();
  }

  private Stream<Row> rows(boolean isUser, String[] ids, List<float[]> vectors) {
    int rank = config.rank();
    return IntStream.range(0, ids.length)
        .mapToObj(
            index -> {
              int from = index / blocks * rank;
              return RowFactory.create(
                  isUser,
                  ids[index],
                  index,
                  Arrays.copyOfRange(vectors.get(index % blocks), from, from + rank));
            });
  }
}
