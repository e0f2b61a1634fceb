package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ContentIndex;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.learning.CandidateSource;
import dev.nightjar.training.candidate.learning.Learning;
import dev.nightjar.training.candidate.learning.Proposer;
import dev.nightjar.training.candidate.learning.SourceLink;
import dev.nightjar.training.candidate.learning.SourceWords;
import dev.nightjar.training.candidate.learning.SummingScorer;
import dev.nightjar.training.candidate.matrix.Best;
import dev.nightjar.training.candidate.matrix.NeighbourSearch;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.matrix.SparseSums;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Source {@code content}: items with the words, category and brand of the user's items. Score =
 * cosine of the item with the weighted sum of the user's items, of which the {@value
 * #PROFILE_TERMS} heaviest terms are kept. Items that the user has already touched are not
 * proposed. An item needs no history, so one added today can be proposed.
 */
public record ContentSource() implements CandidateSource {
  private static final int PROFILE_TERMS = 60;

  @Override
  public String name() {
    return "content";
  }

  @Override
  public String meaning() {
    return "0 to 1: cosine with all that the user touched";
  }

  @Override
  public String missing() {
    return "null where they share no term";
  }

  @Override
  public Optional<SourceWords> words() {
    return Optional.of(new SourceWords(SourceWords.Basis.LIKENESS, "fits what you like"));
  }

  @Override
  public Optional<SourceLink> link() {
    return Optional.of(SourceLink.of(SourceLink.Kind.SAME_WORDS));
  }

  @Override
  public Proposer learn(Learning learning) {
    return new Model(learning.items(), learning.content(), learning.most(this));
  }

  /**
   * What it learned.
   *
   * @param most items to propose
   */
  private record Model(ItemIndex index, ContentIndex content, int most) implements Proposer {
    @Override
    public Optional<SparseRows> neighbours(JavaSparkContext spark, int most) {
      return Optional.of(
          NeighbourSearch.nearest(spark, NeighbourSearch.Products.of(content.items()), most));
    }

    @Override
    public Scorer open() {
      return new ContentScorer();
    }

    private final class ContentScorer extends SummingScorer {
      private final SparseSums profile = new SparseSums(content.terms().length);
      private final Best heaviest = new Best(PROFILE_TERMS);

      ContentScorer() {
        super(index, most);
      }

      @Override
      protected void fill(Target user, SparseSums into) {
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
          for (int entry = postings.start(term); entry < postings.end(term); entry++) {
            into.add(postings.column(entry), weight * postings.value(entry), SparseSums.NO_CAUSE);
          }
        }
      }

      private void describe(UserHistory history) {
        profile.clear();
        SparseRows items = content.items();
        for (int entry = 0; entry < history.size(); entry++) {
          int item = history.items()[entry];
          if (history.isStrong()[entry]) {
            for (int term = items.start(item); term < items.end(item); term++) {
              double amount = history.weights()[entry] * items.value(term);
              profile.add(items.column(term), amount, SparseSums.NO_CAUSE);
            }
          }
        }
      }

      @Override
      protected boolean mayPropose(Target user, int item) {
        return user.history().entryOf(item) < 0;
      }

      @Override
      public int because(int item) {
        UserHistory history = user().history();
        int cause = SparseSums.NO_CAUSE;
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
}
