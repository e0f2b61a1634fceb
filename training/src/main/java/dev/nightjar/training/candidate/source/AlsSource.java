package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.item.ItemMatrix;
import dev.nightjar.training.candidate.matrix.Best;
import java.util.List;

/**
 * Source {@code als}: items whose factors are nearest to the user's, by dot product. Every pair
 * with factors has a score, and the nearest are proposed whatever its sign.
 *
 * @param most items to propose
 */
public record AlsSource(ItemIndex index, ItemMatrix matrix, int most) implements Proposer {
  public static final String NAME = "als";

  @Override
  public String name() {
    return NAME;
  }

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
