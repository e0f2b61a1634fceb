package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.NeighbourConfig;
import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.learning.CandidateSource;
import dev.nightjar.training.candidate.learning.Learning;
import dev.nightjar.training.candidate.learning.Proposer;
import dev.nightjar.training.candidate.learning.SourceLink;
import dev.nightjar.training.candidate.learning.SummingScorer;
import dev.nightjar.training.candidate.matrix.ItemSimilarity;
import dev.nightjar.training.candidate.matrix.NeighbourSearch;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.matrix.SparseSums;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Source {@code item_item}: score of item j = sum over the user's items h of weight(h) *
 * similarity(h, j), as in Sarwar et al., "Item-based collaborative filtering recommendation
 * algorithms" (2001), not normalised, so that more evidence counts for more.
 */
public record ItemItemSource() implements CandidateSource {
  @Override
  public String name() {
    return "item_item";
  }

  @Override
  public String meaning() {
    return "sum of weighted similarities to the items of the user";
  }

  @Override
  public String missing() {
    return "null where no item of the user is similar";
  }

  @Override
  public Optional<SourceLink> link() {
    return Optional.of(SourceLink.of(SourceLink.Kind.SAME_USERS));
  }

  @Override
  public Proposer learn(Learning learning) {
    NeighbourConfig config = learning.config().neighbours();
    SparseRows weighted =
        ItemSimilarity.weigh(learning.learners().interest(), config.itemSimilarity());
    SparseRows neighbours =
        NeighbourSearch.nearest(
            learning.spark(), NeighbourSearch.Products.of(weighted), config.itemNeighbours());
    return new Model(learning.items(), neighbours, learning.most(this));
  }

  /**
   * What it learned.
   *
   * @param neighbours the nearest items of each item
   * @param most items to propose
   */
  private record Model(ItemIndex index, SparseRows neighbours, int most) implements Proposer {
    @Override
    public Optional<SparseRows> neighbours(JavaSparkContext spark, int most) {
      return Optional.of(neighbours);
    }

    @Override
    public Scorer open() {
      return new SummingScorer(index, most) {
        @Override
        protected void fill(Target user, SparseSums into) {
          UserHistory history = user.history();
          for (int entry = 0; entry < history.size(); entry++) {
            if (history.isStrong()[entry]) {
              int item = history.items()[entry];
              for (int to = neighbours.start(item); to < neighbours.end(item); to++) {
                double amount = history.weights()[entry] * neighbours.value(to);
                into.add(neighbours.column(to), amount, item);
              }
            }
          }
        }
      };
    }
  }
}
