package dev.nightjar.training.als;

import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserFactors;
import java.util.Arrays;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Implicit ALS by conjugate gradient, as a Spark job: users and items are dealt to blocks, and a
 * half-step solves the vectors of one side by {@link LeastSquares}. For it, each block of the other
 * side sends each block the vectors that this one needs; the driver sees one matrix of rank × rank
 * a block.
 *
 * <p>The first vectors depend on seed and index alone, so the number of blocks changes the result
 * by no more than rounding. A block takes 12 bytes a pair, and rank × 4 bytes for each of its own
 * vectors and of those it needs.
 */
final class GradientAls {
  private static final StructType SCHEMA =
      new StructType()
          .add(IndexedFactors.INDEX, DataTypes.IntegerType)
          .add(IndexedFactors.FACTORS, DataTypes.createArrayType(DataTypes.FloatType));

  private final AlsConfig config;
  private final HashPartitioner blocks;

  private GradientAls(int blocks, AlsConfig config) {
    this.config = config;
    this.blocks = new HashPartitioner(blocks);
  }

  /**
   * Fits the factors.
   *
   * @param ratings user_index, item_index, strength; each pair once, both indexes dense from 0
   * @return persisted, under the names that MLlib gives them
   */
  static IndexedFactors fit(Dataset<Row> ratings, int blocks, AlsConfig config) {
    return new GradientAls(blocks, config).fit(ratings);
  }

  private IndexedFactors fit(Dataset<Row> ratings) {
    Side users = side("userFactors", ratings, UserFactors.USER_INDEX, ItemFactors.ITEM_INDEX);
    Side items = side("itemFactors", ratings, ItemFactors.ITEM_INDEX, UserFactors.USER_INDEX);
    AlsConfig settings = config;
    int rank = config.rank();
    try {
      Vectors user =
          computed(users, users.links.mapValues(links -> new float[links.size() * rank]), false);
      Vectors item = computed(items, items.links.mapValues(links -> drawn(links, settings)), false);
      for (int sweep = 1; sweep <= config.iterations(); sweep++) {
        boolean isCut = sweep % config.checkpointInterval() == 0;
        user = solved(users, user, item, isCut);
        item = solved(items, item, user, isCut);
      }
      return new IndexedFactors(rows(ratings, user), rows(ratings, item));
    } finally {
      users.release();
      items.release();
    }
  }

  /**
   * Users, or items.
   *
   * @param links by block
   * @param needed by block of the other side: for each block of this one, the rows it needs
   */
  private record Side(
      String name, JavaPairRDD<Integer, Links> links, JavaPairRDD<Integer, int[][]> needed) {
    void release() {
      links.unpersist();
      needed.unpersist();
    }
  }

  /**
   * The vectors of a side.
   *
   * @param blocks by block: those of its rows, one after another; persisted
   */
  private record Vectors(JavaPairRDD<Integer, float[]> blocks, float[] gram) {}

  private Side side(String name, Dataset<Row> ratings, String own, String other) {
    int count = blocks.numPartitions();
    JavaPairRDD<Integer, Links> links =
        ratings
            .select(own, other, PairFeatures.STRENGTH)
            .javaRDD()
            .mapPartitionsToPair(rows -> Pairs.dealt(rows, count))
            .groupByKey(blocks)
            .mapValues(dealt -> Links.of(Pairs.together(dealt), count))
            .persist(StorageLevel.MEMORY_AND_DISK());
    JavaPairRDD<Integer, int[][]> needed =
        links
            .flatMapToPair(block -> wanted(block._2()))
            .groupByKey(blocks)
            .mapValues(wanted -> byBlock(wanted, count))
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new Side(name, links, needed);
  }

  private static Iterator<Tuple2<Integer, Tuple2<Integer, int[]>>> wanted(Links links) {
    return IntStream.range(0, links.needed().length)
        .mapToObj(from -> new Tuple2<>(from, new Tuple2<>(links.block(), links.needed()[from])))
        .iterator();
  }

  private static int[][] byBlock(Iterable<Tuple2<Integer, int[]>> wanted, int count) {
    int[][] byBlock = new int[count][0];
    for (Tuple2<Integer, int[]> one : wanted) {
      byBlock[one._1()] = one._2();
    }
    return byBlock;
  }

  /** First vectors of length 1 in any direction, as MLlib draws them. */
  static float[] drawn(Links links, AlsConfig config) {
    int rank = config.rank();
    long seed = config.seed();
    float[] vectors = new float[links.size() * rank];
    for (int row = 0; row < links.size(); row++) {
      SplittableRandom random =
          new SplittableRandom(new SplittableRandom(seed + links.index(row)).nextLong());
      double[] vector = new double[rank];
      double squares = 0;
      for (int factor = 0; factor < rank; factor++) {
        vector[factor] = random.nextGaussian();
        squares += vector[factor] * vector[factor];
      }
      for (int factor = 0; factor < rank; factor++) {
        vectors[row * rank + factor] = (float) (vector[factor] / Math.sqrt(squares));
      }
    }
    return vectors;
  }

  /** One half-step: a side's vectors from those of the other side. */
  private Vectors solved(Side side, Vectors own, Vectors other, boolean isCut) {
    int rank = config.rank();
    LeastSquares squares = LeastSquares.of(other.gram, config);
    JavaPairRDD<Integer, Iterable<Tuple2<Integer, float[]>>> sent =
        other
            .blocks
            .join(side.needed, blocks)
            .flatMapToPair(block -> sent(block._1(), block._2()._1(), block._2()._2(), rank))
            .groupByKey(blocks);
    JavaPairRDD<Integer, float[]> solved =
        side.links
            .join(sent, blocks)
            .join(own.blocks, blocks)
            .mapValues(
                block -> {
                  Links links = block._1()._1();
                  return squares.solve(links, links.placed(block._1()._2(), rank), block._2());
                });
    Vectors vectors = computed(side, solved, isCut);
    own.blocks.unpersist();
    return vectors;
  }

  /** By block: this block's number, and the vectors of its rows that the other one needs. */
  private static Iterator<Tuple2<Integer, Tuple2<Integer, float[]>>> sent(
      int from, float[] vectors, int[][] needed, int rank) {
    return IntStream.range(0, needed.length)
        .mapToObj(to -> new Tuple2<>(to, new Tuple2<>(from, part(vectors, needed[to], rank))))
        .iterator();
  }

  /** The vectors of some rows of a block, one after another. */
  static float[] part(float[] vectors, int[] rows, int rank) {
    float[] part = new float[rows.length * rank];
    for (int place = 0; place < rows.length; place++) {
      System.arraycopy(vectors, rows[place] * rank, part, place * rank, rank);
    }
    return part;
  }

  private Vectors computed(Side side, JavaPairRDD<Integer, float[]> vectors, boolean isCut) {
    int rank = config.rank();
    vectors.setName(side.name).persist(StorageLevel.MEMORY_AND_DISK());
    if (isCut) {
      vectors.checkpoint();
    }
    return new Vectors(
        vectors, Gram.together(vectors.values().map(block -> Gram.of(block, rank)).collect()));
  }

  private Dataset<Row> rows(Dataset<Row> ratings, Vectors vectors) {
    int rank = config.rank();
    int count = blocks.numPartitions();
    JavaRDD<Row> rows =
        vectors.blocks.flatMap(
            block ->
                IntStream.range(0, block._2().length / rank)
                    .mapToObj(
                        row ->
                            RowFactory.create(
                                Links.index(row, block._1(), count),
                                Arrays.copyOfRange(block._2(), row * rank, (row + 1) * rank)))
                    .iterator());
    return ratings.sparkSession().createDataFrame(rows, SCHEMA);
  }
}
