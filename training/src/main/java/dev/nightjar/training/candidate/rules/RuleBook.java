package dev.nightjar.training.candidate.rules;

import dev.nightjar.training.candidate.matrix.Best;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/**
 * Association rules in order of their first item, so that the rules of a basket are found by its
 * items.
 */
public final class RuleBook implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Rule> rules;
  private final int[] starts;

  /**
   * Holds what is given.
   *
   * @param rules by first item of the antecedent, then by {@link Rule#weight}, best first
   * @param starts first rule of each item, and the end
   */
  RuleBook(List<Rule> rules, int[] starts) {
    this.rules = rules;
    this.starts = starts;
  }

  public List<Rule> rules() {
    return rules;
  }

  /** The rules whose antecedent begins with an item, best first. */
  public List<Rule> beginningWith(int item) {
    return rules.subList(starts[item], starts[item + 1]);
  }

  /** One rule. */
  public static final class Rule implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] antecedent;
    private final int consequent;
    private final double support;
    private final double confidence;
    private final double lift;

    /**
     * Holds what is given.
     *
     * @param antecedent items, ascending
     * @param support share of all baskets
     */
    Rule(int[] antecedent, int consequent, double support, double confidence, double lift) {
      this.antecedent = antecedent;
      this.consequent = consequent;
      this.support = support;
      this.confidence = confidence;
      this.lift = lift;
    }

    public int[] antecedent() {
      return antecedent;
    }

    public int consequent() {
      return consequent;
    }

    public double support() {
      return support;
    }

    public double confidence() {
      return confidence;
    }

    public double lift() {
      return lift;
    }

    /** What a rule is worth: sure and surprising, confidence x ln(lift). */
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
