package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.item.ItemMatrix;
import dev.nightjar.training.candidate.learning.CandidateSource;
import dev.nightjar.training.candidate.learning.Learning;
import dev.nightjar.training.candidate.learning.Proposer;
import dev.nightjar.training.candidate.learning.SourceWords;
import dev.nightjar.training.candidate.matrix.Best;
import java.util.List;
import java.util.Optional;

/**
 * Source {@code als}: items whose factors are nearest to the user's, by dot product. Every pair
 * with factors has a score, and the nearest are proposed whatever its sign.
 */
public record AlsSource() implements CandidateSource {
  @Override
  public String name() {
    return "als";
  }

  @Override
  public String meaning() {
    return "dot product of the factors, any sign";
  }

  @Override
  public String missing() {
    return "null where user or item has none";
  }

  @Override
  public Optional<SourceWords> words() {
    return Optional.of(new SourceWords(SourceWords.Basis.TASTE, "people with your taste like it"));
  }

  @Override
  public Proposer learn(Learning learning) {
    return new Model(
        learning.items(),
        ItemMatrix.collect(learning.factors().items(), learning.sharedItems()),
        learning.most(this));
  }

  /**
   * What it learned.
   *
   * @param most items to propose
   */
  private record Model(ItemIndex index, ItemMatrix matrix, int most) implements Proposer {
    @Override
    public Scorer open() {
      Best best = new Best(most);
      float[] products = new float[index.size()];
      return new Scorer() {
        private boolean hasFactors;

        @Override
        public void look(Target user) {
          List<Float> factors = user.factors();
          hasFactors = !factors.isEmpty();
          if (hasFactors) {
            matrix.multiply(factors, products);
          }
        }

        @Override
        public int[] proposed() {
          for (int item = 0; hasFactors && item < products.length; item++) {
            if (matrix.has(item) && index.isOffered(item)) {
              best.offer(item, products[item]);
            }
          }
          return best.takeAll();
        }

        @Override
        public double score(int item) {
          return hasFactors && matrix.has(item) ? Best.rounded(products[item]) : Double.NaN;
        }
      };
    }
  }
}
