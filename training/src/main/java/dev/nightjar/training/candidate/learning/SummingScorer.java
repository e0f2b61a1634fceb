package dev.nightjar.training.candidate.learning;

import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.Best;
import dev.nightjar.training.candidate.matrix.SparseSums;

/** Adds up scores of items for one user and proposes the largest. */
public abstract class SummingScorer implements Proposer.Scorer {
  private final ItemIndex index;
  private final SparseSums sums;
  private final Best best;
  private Target user;

  protected SummingScorer(ItemIndex index, int most) {
    this.index = index;
    this.sums = new SparseSums(index.size());
    this.best = new Best(most);
  }

  /** Adds the scores of the items. */
  protected abstract void fill(Target user, SparseSums into);

  /** Whether an item of positive score that the shop offers may be proposed. */
  protected boolean mayPropose(Target user, int item) {
    return true;
  }

  @Override
  public final void look(Target target) {
    this.user = target;
    sums.clear();
    fill(target, sums);
  }

  @Override
  public final int[] proposed() {
    for (int place = 0; place < sums.size(); place++) {
      int item = sums.item(place);
      double score = Best.rounded(sums.sum(item));
      if (score > 0 && index.isOffered(item) && mayPropose(user, item)) {
        best.offer(item, score);
      }
    }
    return best.takeAll();
  }

  @Override
  public final double score(int item) {
    return sums.has(item) ? Best.rounded(sums.sum(item)) : Double.NaN;
  }

  @Override
  public int because(int item) {
    return sums.cause(item);
  }

  protected final Target user() {
    return user;
  }
}
