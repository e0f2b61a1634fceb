package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.demand.DemandList;
import dev.nightjar.training.candidate.demand.DemandLists;
import dev.nightjar.training.candidate.history.Target;

/** Source {@code trending}: what rises in the user's segment. */
public record TrendingSource(DemandLists demand) implements Proposer {
  public static final String NAME = "trending";

  @Override
  public String name() {
    return NAME;
  }

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
        return list.mostTrending().clone();
      }

      @Override
      public double score(int item) {
        return list.trendingScore(item);
      }
    };
  }
}
