package dev.nightjar.training.candidate.rules;

import dev.nightjar.training.candidate.matrix.Best;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * Association rules in order of their first item, so that the rules of a basket are found by its
 * items.
 *
 * @param rules by first item of the antecedent, then by {@link Rule#weight}, best first
 * @param starts first rule of each item, and the end
 */
public record RuleBook(List<Rule> rules, int[] starts) implements Serializable {
  /** The rules whose antecedent begins with an item, best first. */
  public List<Rule> beginningWith(int item) {
    return rules.subList(starts[item], starts[item + 1]);
  }

  /**
   * One rule.
   *
   * @param antecedent items, ascending
   * @param support share of all baskets
   */
  public record Rule(
      int[] antecedent, int consequent, double support, double confidence, double lift)
      implements Serializable {
    /** Weight of a rule, by which the best are kept: confidence x ln(lift). */
    public double weight() {
      return Best.rounded(confidence * Math.log(lift));
    }
  }

  /** Keeps the {@code most} rules of largest weight. */
  static RuleBook of(List<Rule> mined, int itemCount, int most) {
    Comparator<Rule> byWeight =
        Comparator.comparingDouble(Rule::weight)
            .reversed()
            .thenComparing(rule -> rule.antecedent()[0])
            .thenComparing(rule -> java.util.Arrays.toString(rule.antecedent()))
            .thenComparing(Rule::consequent);
    List<Rule> rules =
        mined.stream()
            .sorted(byWeight)
            .limit(most)
            .sorted(
                Comparator.<Rule>comparingInt(rule -> rule.antecedent()[0]).thenComparing(byWeight))
            .toList();
    int[] starts = new int[itemCount + 1];
    rules.forEach(rule -> starts[rule.antecedent()[0] + 1]++);
    for (int item = 0; item < itemCount; item++) {
      starts[item + 1] += starts[item];
    }
    return new RuleBook(List.copyOf(rules), starts);
  }
}
