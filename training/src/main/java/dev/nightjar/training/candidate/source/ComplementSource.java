package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.Complements;
import dev.nightjar.training.candidate.history.NeighbourConfig;
import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.learning.CandidateSource;
import dev.nightjar.training.candidate.learning.Learning;
import dev.nightjar.training.candidate.learning.Proposer;
import dev.nightjar.training.candidate.learning.SourceLink;
import dev.nightjar.training.candidate.learning.SummingScorer;
import dev.nightjar.training.candidate.matrix.NeighbourSearch;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.matrix.SparseSums;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Source {@code complement}: items that complement the user's recent purchases and that the user
 * has not bought yet. Score = sum over items bought in {@code complement_days} of {@link
 * Complements}, halved every half of those days.
 */
public record ComplementSource() implements CandidateSource {
  @Override
  public String name() {
    return "complement";
  }

  @Override
  public String meaning() {
    return "sum over recent purchases of how much more the item is bought after them";
  }

  @Override
  public String missing() {
    return "null where it follows none of them";
  }

  @Override
  public Optional<SourceLink> link() {
    return Optional.of(
        new SourceLink(SourceLink.Kind.NEXT_PURCHASE, "goes with ", " that you bought"));
  }

  @Override
  public Proposer learn(Learning learning) {
    NeighbourConfig config = learning.config().neighbours();
    SparseRows followers =
        NeighbourSearch.nearest(
            learning.spark(),
            new Complements(
                learning.learners(),
                learning.purchases(),
                learning.items().size(),
                config.complementDays()),
            config.itemNeighbours());
    return new Model(learning.items(), followers, config.complementDays(), learning.most(this));
  }

  /**
   * What it learned.
   *
   * @param followers the strongest complements of each item
   * @param most items to propose
   */
  private record Model(ItemIndex index, SparseRows followers, int days, int most)
      implements Proposer {
    @Override
    public Optional<SparseRows> neighbours(JavaSparkContext spark, int most) {
      return Optional.of(followers);
    }

    @Override
    public Scorer open() {
      return new SummingScorer(index, most) {
        @Override
        protected void fill(Target user, SparseSums into) {
          UserHistory history = user.history();
          for (int entry = 0; entry < history.size(); entry++) {
            double since = history.boughtDaysAgo(entry);
            if (history.isStrong()[entry] && since <= days) {
              double fade = Math.pow(0.5, since / (days / 2.0));
              int item = history.items()[entry];
              for (int to = followers.start(item); to < followers.end(item); to++) {
                into.add(followers.column(to), fade * followers.value(to), item);
              }
            }
          }
        }

        @Override
        protected boolean mayPropose(Target user, int item) {
          return !user.history().hasBoughtItem(item);
        }
      };
    }
  }
}
