package dev.nightjar.training.candidate;

/** Adds up scores of items for one user and proposes the largest. */
abstract class SummingScorer implements Source.Scorer {
  private final ItemIndex index;
  private final Sums sums;
  private final Best best;
  private Source.Target user;

  SummingScorer(ItemIndex index, int most) {
    this.index = index;
    this.sums = new Sums(index.size());
    this.best = new Best(most);
  }

  /** Adds what speaks for items. */
  abstract void fill(Source.Target user, Sums into);

  /** Whether an item of positive score that the shop offers may be proposed. */
  boolean mayPropose(Source.Target user, int item) {
    return true;
  }

  @Override
  public final void look(Source.Target target) {
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

  final Source.Target user() {
    return user;
  }
}
