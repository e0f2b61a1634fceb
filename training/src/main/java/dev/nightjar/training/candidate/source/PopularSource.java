package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.demand.DemandList;
import dev.nightjar.training.candidate.demand.DemandLists;
import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.learning.CandidateSource;
import dev.nightjar.training.candidate.learning.Learning;
import dev.nightjar.training.candidate.learning.Proposer;
import dev.nightjar.training.candidate.learning.SourceWords;
import java.util.Arrays;
import java.util.Optional;

/**
 * Source {@code popular}: what the user's segment buys most, and more of it for a user without any
 * history.
 */
public record PopularSource() implements CandidateSource {
  @Override
  public String name() {
    return "popular";
  }

  @Override
  public String meaning() {
    return "0 to 1: share of the demand for the best-seller of the segment";
  }

  @Override
  public String missing() {
    return "null where nobody of the segment touched the item recently";
  }

  @Override
  public Optional<SourceWords> words() {
    return Optional.of(new SourceWords(SourceWords.Basis.SALES, "popular"));
  }

  @Override
  public Proposer learn(Learning learning) {
    return new Model(learning.demand(), learning.most(this), learning.config().cold());
  }

  /**
   * What it learned.
   *
   * @param most items to propose
   * @param cold items to propose to a user without history
   */
  private record Model(DemandLists demand, int most, int cold) implements Proposer {
    @Override
    public Scorer open() {
      return new Scorer() {
        private DemandList list;
        private int wanted;

        @Override
        public void look(Target user) {
          list = demand.of(user);
          wanted = user.history().size() == 0 ? cold : most;
        }

        @Override
        public int[] proposed() {
          return Arrays.copyOf(list.mostPopular(), Math.min(wanted, list.mostPopular().length));
        }

        @Override
        public double score(int item) {
          return list.popularScore(item);
        }
      };
    }
  }
}
