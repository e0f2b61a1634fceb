package dev.nightjar.features;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code features}.
 *
 * @param weights what one event of a type says about interest
 * @param halfLifeDays days in which the strength of a (user, item) halves
 * @param popularityHalfLifeDays days in which the popularity of an item halves
 * @param conversionSmoothing views at the shop's rate that every item starts with
 * @param repeatSmoothing buyers at the shop's rate that every item starts with
 * @param trendSmoothing event weight a day that is added to both rates of a trend
 * @param openRateSmoothing pushes at the shop's rate that every user starts with
 * @param topCategories categories kept in a user's taste
 */
public record FeatureConfig(
    Weights weights,
    double halfLifeDays,
    double popularityHalfLifeDays,
    double conversionSmoothing,
    double repeatSmoothing,
    double trendSmoothing,
    double openRateSmoothing,
    int topCategories) {

  /**
   * Weight of one event by its type; {@code app_open} says nothing of an item and weighs nothing.
   *
   * @param search found by a search and noted with its item
   * @param rating at the best rating; less in proportion below it
   * @param bestRating highest rating of the shop's scale
   */
  public record Weights(
      double view,
      double search,
      double favorite,
      double cart,
      double purchase,
      double rating,
      double bestRating) {
    public Weights {
      Problems problems = new Problems();
      problems.require(view >= 0, "features.weights.view must not be negative, got " + view);
      problems.require(search >= 0, "features.weights.search must not be negative, got " + search);
      problems.require(rating >= 0, "features.weights.rating must not be negative, got " + rating);
      problems.require(
          favorite >= view,
          "features.weights.favorite must be at least features.weights.view, got "
              + favorite
              + " and "
              + view);
      problems.require(
          cart >= favorite,
          "features.weights.cart must be at least features.weights.favorite, got "
              + cart
              + " and "
              + favorite);
      problems.require(
          purchase >= cart && purchase > 0,
          "features.weights.purchase must be positive and at least features.weights.cart, got "
              + purchase
              + " and "
              + cart);
      problems.require(
          bestRating > 0, "features.weights.best_rating must be positive, got " + bestRating);
      problems.throwIfAny();
    }

    static Weights from(Config section) {
      return new Weights(
          section.getDouble("view"),
          section.getDouble("search"),
          section.getDouble("favorite"),
          section.getDouble("cart"),
          section.getDouble("purchase"),
          section.getDouble("rating"),
          section.getDouble("best_rating"));
    }
  }

  public FeatureConfig {
    Problems problems = new Problems();
    requirePositive(problems, "half_life_days", halfLifeDays);
    requirePositive(problems, "popularity_half_life_days", popularityHalfLifeDays);
    requirePositive(problems, "conversion_smoothing", conversionSmoothing);
    requirePositive(problems, "repeat_smoothing", repeatSmoothing);
    requirePositive(problems, "trend_smoothing", trendSmoothing);
    requirePositive(problems, "open_rate_smoothing", openRateSmoothing);
    requirePositive(problems, "top_categories", topCategories);
    problems.throwIfAny();
  }

  /**
   * Reads the section {@code features}.
   *
   * @throws dev.nightjar.features.config.ConfigProblems when a value breaks its rule
   */
  public static FeatureConfig from(Config section) {
    return new FeatureConfig(
        Weights.from(section.getConfig("weights")),
        section.getDouble("half_life_days"),
        section.getDouble("popularity_half_life_days"),
        section.getDouble("conversion_smoothing"),
        section.getDouble("repeat_smoothing"),
        section.getDouble("trend_smoothing"),
        section.getDouble("open_rate_smoothing"),
        section.getInt("top_categories"));
  }

  private static void requirePositive(Problems problems, String key, Number value) {
    problems.require(
        value.doubleValue() > 0, "features." + key + " must be positive, got " + value);
  }
}
