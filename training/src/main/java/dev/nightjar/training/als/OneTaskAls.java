package dev.nightjar.training.als;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import scala.Tuple2;

/**
 * The sweeps of {@link GradientAls} over blocks that are all in one task, a thread for each: a shop
 * that is small enough for it would else wait for Spark's jobs, of which a sweep has eight, most of
 * the time. The factors are the same to the last bit.
 *
 * @param config settings
 */
record OneTaskAls(AlsConfig config) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The vectors of a block of users, or of items.
   *
   * @param vectors of its rows, one after another
   */
  record Solved(boolean isOfUsers, int block, float[] vectors) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  Iterator<Solved> fit(Iterator<Links> users, Iterator<Links> items) {
    List<Links> user = inOrder(users);
    List<Links> item = inOrder(items);
    List<float[]> ofUsers = each(user.size(), block -> new float[user.get(block).size() * rank()]);
    List<float[]> ofItems = each(item.size(), block -> GradientAls.drawn(item.get(block), config));
    for (int sweep = 0; sweep < config.iterations(); sweep++) {
      ofUsers = solved(user, ofUsers, ofItems);
      ofItems = solved(item, ofItems, ofUsers);
    }
    return Stream.concat(all(true, ofUsers), all(false, ofItems)).iterator();
  }

  private int rank() {
    return config.rank();
  }

  private static List<Links> inOrder(Iterator<Links> blocks) {
    List<Links> all = new ArrayList<>();
    blocks.forEachRemaining(all::add);
    all.sort(Comparator.comparingInt(Links::block));
    return all;
  }

  /** One half-step: a side's vectors from those of the other side. */
  private List<float[]> solved(List<Links> side, List<float[]> own, List<float[]> other) {
    LeastSquares squares =
        LeastSquares.of(
            Gram.together(each(other.size(), block -> Gram.of(other.get(block), rank()))), config);
    return each(
        side.size(),
        block -> squares.solve(side.get(block), needed(side.get(block), other), own.get(block)));
  }

  /** The vectors that a block needs, in their places. */
  private float[] needed(Links links, List<float[]> other) {
    return links.placed(
        () ->
            IntStream.range(0, other.size())
                .mapToObj(
                    from ->
                        new Tuple2<>(
                            from, GradientAls.part(other.get(from), links.needed()[from], rank())))
                .iterator(),
        rank());
  }

  private static <T> List<T> each(int blocks, IntFunction<T> make) {
    return IntStream.range(0, blocks).parallel().mapToObj(make).toList();
  }

  private static Stream<Solved> all(boolean isOfUsers, List<float[]> vectors) {
    return IntStream.range(0, vectors.size())
        .mapToObj(block -> new Solved(isOfUsers, block, vectors.get(block)));
  }
}
