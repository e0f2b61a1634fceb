package dev.nightjar.training.candidate;

import java.util.Arrays;

/**
 * Source {@code content}: items whose words, category and brand are those of the user's items.
 * Score = cosine of the item with the weighted sum of the user's items, of which the {@value
 * #PROFILE_TERMS} heaviest terms are kept. What the user has already touched is not proposed. An
 * item needs no history, so that one added today finds its buyers.
 *
 * @param most items to propose
 */
record ContentSource(ItemIndex index, ContentIndex content, int most) implements Source {
  static final String NAME = "content";
  private static final int PROFILE_TERMS = 60;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Scorer open() {
    return new ContentScorer();
  }

  private final class ContentScorer extends SummingScorer {
    private final Sums profile = new Sums(content.terms().length);
    private final Best heaviest = new Best(PROFILE_TERMS);

    ContentScorer() {
      super(index, most);
    }

    @Override
    void fill(Target user, Sums into) {
      describe(user.history());
      double squares = 0;
      for (int place = 0; place < profile.size(); place++) {
        double weight = profile.sum(profile.item(place));
        squares += weight * weight;
        heaviest.offer(profile.item(place), weight);
      }
      int[] terms = heaviest.takeAll();
      Arrays.sort(terms);
      double length = Math.sqrt(Math.max(squares, Double.MIN_NORMAL));
      SparseRows postings = content.postings();
      for (int term : terms) {
        double weight = profile.sum(term) / length;
        for (int entry = postings.starts[term]; entry < postings.starts[term + 1]; entry++) {
          into.add(postings.columns[entry], weight * postings.values[entry], Sums.NO_CAUSE);
        }
      }
    }

    private void describe(UserHistory history) {
      profile.clear();
      SparseRows items = content.items();
      for (int entry = 0; entry < history.size(); entry++) {
        int item = history.items()[entry];
        if (history.isStrong()[entry]) {
          for (int term = items.starts[item]; term < items.starts[item + 1]; term++) {
            double amount = history.weights()[entry] * items.values[term];
            profile.add(items.columns[term], amount, Sums.NO_CAUSE);
          }
        }
      }
    }

    @Override
    boolean mayPropose(Target user, int item) {
      return user.history().entryOf(item) < 0;
    }

    @Override
    public int because(int item) {
      UserHistory history = user().history();
      int cause = Sums.NO_CAUSE;
      double most = 0;
      for (int entry = 0; entry < history.size(); entry++) {
        if (history.isStrong()[entry] && history.items()[entry] != item) {
          double amount =
              history.weights()[entry] * content.items().product(history.items()[entry], item);
          if (amount > most) {
            most = amount;
            cause = history.items()[entry];
          }
        }
      }
      return cause;
    }
  }
}
