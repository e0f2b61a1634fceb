package dev.nightjar.training.candidate;

/**
 * Source {@code item_item}: score of item j = sum over the user's items h of weight(h) *
 * similarity(h, j), as in Sarwar et al., "Item-based collaborative filtering recommendation
 * algorithms" (2001), not normalised, so that much evidence counts for more than little.
 *
 * @param neighbours the nearest items of each item
 * @param most items to propose
 */
record ItemItemSource(ItemIndex index, SparseRows neighbours, int most) implements Source {
  static final String NAME = "item_item";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scorer open() {
    return new SummingScorer(index, most) {
      @Override
      void fill(Target user, Sums into) {
        UserHistory history = user.history();
        for (int entry = 0; entry < history.size(); entry++) {
          if (history.isStrong()[entry]) {
            int item = history.items()[entry];
            for (int to = neighbours.starts[item]; to < neighbours.starts[item + 1]; to++) {
              double amount = history.weights()[entry] * neighbours.values[to];
              into.add(neighbours.columns[to], amount, item);
            }
          }
        }
      }
    };
  }
}
