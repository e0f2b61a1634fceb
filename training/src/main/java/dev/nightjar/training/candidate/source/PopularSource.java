package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.demand.DemandList;
import dev.nightjar.training.candidate.demand.DemandLists;
import dev.nightjar.training.candidate.history.Target;
import java.util.Arrays;

/**
 * Source {@code popular}: what the user's segment buys most, and more of it for a user without any
 * history.
 *
 * @param most items to propose
 * @param cold items to propose to a user without history
 */
public record PopularSource(DemandLists demand, int most, int cold) implements Proposer {
  public static final String NAME = "popular";

  @Override
  public String name() {
    return NAME;
  }

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
