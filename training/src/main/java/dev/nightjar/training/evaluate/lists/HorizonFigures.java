package dev.nightjar.training.evaluate.lists;

import dev.nightjar.training.evaluate.Interval;
import dev.nightjar.training.evaluate.ListMetric;
import java.util.List;
import java.util.Map;

/**
 * How good the lists were over one horizon.
 *
 * @param days days from the split on
 * @param dataUntil last day with an event, of those within the longest horizon, ISO
 * @param counts what was measured and what was left out
 * @param lists every list, the blend first
 * @param differences the blend less the best other list, by scenario; empty where nobody is
 *     measured
 * @param groups users by baskets before the split; {@code cold} had no event
 * @param itemAges items by age at the split
 */
public record HorizonFigures(
    int days,
    String dataUntil,
    Counts counts,
    List<MeasuredList> lists,
    Map<String, Difference> differences,
    List<UserGroup> groups,
    List<ItemAge> itemAges) {
  /** The list of that name. */
  public MeasuredList list(String name) {
    return lists.stream().filter(list -> list.name().equals(name)).findFirst().orElseThrow();
  }

  /**
   * Users and purchases, each user and item once.
   *
   * @param users users with a relevant item, by scenario
   * @param relevant relevant items of these users, by scenario
   * @param coldUsers users listed by the shop without an event, who bought a seen item
   * @param unknownUsers buyers unknown to the shop, not measured
   * @param unseenItems purchases of items listed without an event, not counted
   * @param unlistedItems purchases of items the shop did not list, not counted
   */
  public record Counts(
      Map<String, Integer> users,
      Map<String, Long> relevant,
      int coldUsers,
      int unknownUsers,
      long unseenItems,
      long unlistedItems) {}

  /**
   * One list.
   *
   * @param kind blend, baseline or source
   * @param scores by scenario, cut and metric
   * @param variety by cut: coverage, gini, novelty, diversity_factors, diversity_category, of all
   *     items
   */
  public record MeasuredList(
      String name,
      String kind,
      Map<String, Map<String, Map<String, Interval>>> scores,
      Map<String, Map<String, Double>> variety) {
    /** A score with its interval. */
    public Interval score(Scenario scenario, int k, ListMetric metric) {
      return scores.get(scenario.key()).get(String.valueOf(k)).get(metric.key());
    }
  }

  /**
   * The blend less the best other list by nDCG at the headline's cut, user by user.
   *
   * @param other name of the best other list
   * @param byCut by cut and metric
   */
  public record Difference(String other, Map<String, Map<String, Interval>> byCut) {
    /** The difference of a metric with its interval. */
    public Interval of(int k, ListMetric metric) {
      return byCut.get(String.valueOf(k)).get(metric.key());
    }
  }

  /**
   * A part of the users, at the headline's cut.
   *
   * @param group baskets before the split
   * @param users users measured, by scenario
   * @param scores by list, scenario and metric; nothing for a scenario without users
   */
  public record UserGroup(
      String group,
      Map<String, Integer> users,
      Map<String, Map<String, Map<String, Interval>>> scores) {}

  /**
   * A part of the items, at the headline's cut, over all users alike.
   *
   * @param group days from the first event to the split; {@code no event} for items that were only
   *     listed
   * @param items number of items
   * @param relevant purchases of them after the split, each user and item once
   * @param recall by list, the share of these purchases that it contains
   * @param shareOfPlaces by list, the share of its places with these items
   */
  public record ItemAge(
      String group,
      long items,
      long relevant,
      Map<String, Double> recall,
      Map<String, Double> shareOfPlaces) {}
}
