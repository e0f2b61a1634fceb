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

/** Source {@code trending}: what is rising in the user's segment. */
public record TrendingSource() implements CandidateSource {
  @Override
  public String name() {
    return "trending";
  }

  @Override
  public String meaning() {
    return "rise of the last 7 days, about in standard deviations, any sign";
  }

  @Override
  public String missing() {
    return "null where nobody of the segment touched the item recently";
  }

  @Override
  public Optional<SourceWords> words() {
    return Optional.of(new SourceWords(SourceWords.Basis.RISE, "trending"));
  }

  @Override
  public Proposer learn(Learning learning) {
    return new Model(learning.demand(), learning.most(this));
  }

  /**
   * What it learned.
   *
   * @param most items to propose
   */
  private record Model(DemandLists demand, int most) implements Proposer {
    @Override
    public Scorer open() {
      return new Scorer() {
        private DemandList list;

        @Override
        public void look(Target user) {
          list = demand.of(user);
        }

        @Override
        public int[] proposed() {
          return Arrays.copyOf(list.mostTrending(), Math.min(most, list.mostTrending().length));
        }

        @Override
        public double score(int item) {
          return list.trendingScore(item);
        }
      };
    }
  }
}
