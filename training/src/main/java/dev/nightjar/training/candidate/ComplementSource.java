package dev.nightjar.training.candidate;

/**
 * Source {@code complement}: what goes with what the user bought lately and did not buy yet. Score
 * = sum over items bought in {@code complement_days} of {@link Complements}, halved every half of
 * those days.
 *
 * @param followers the strongest complements of each item
 * @param most items to propose
 */
record ComplementSource(ItemIndex index, SparseRows followers, int days, int most)
    implements Source {
  static final String NAME = "complement";

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
          double since = history.boughtDaysAgo(entry);
          if (history.isStrong()[entry] && since <= days) {
            double fade = Math.pow(0.5, since / (days / 2.0));
            int item = history.items()[entry];
            for (int to = followers.starts[item]; to < followers.starts[item + 1]; to++) {
              into.add(followers.columns[to], fade * followers.values[to], item);
            }
          }
        }
      }

      @Override
      boolean mayPropose(Target user, int item) {
        return !user.history().hasBoughtItem(item);
      }
    };
  }
}
