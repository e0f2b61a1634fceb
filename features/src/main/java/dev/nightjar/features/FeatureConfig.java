package dev.nightjar.features;

import dev.nightjar.features.config.Problems;

/**
 * Settings under {@code features}.
 *
 * @param weights weight of one event in the strength of interest, by type
 * @param halfLifeDays days in which the strength of a (user, item) halves
 * @param popularityHalfLifeDays days in which the popularity of an item halves
 * @param conversionSmoothing views at the shop's rate that are added to every item
 * @param repeatSmoothing buyers at the shop's rate that are added to every item
 * @param trendSmoothing event weight a day that is added to both rates of a trend
 * @param openRateSmoothing pushes at the shop's rate that are added to every user
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
   * Weight of one event by its type; {@code app_open} has no item and no weight.
   *
   * @param search a search that the shop logs with the item it led to
   * @param rating at the best rating; a lower one weighs in proportion
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
      new Problems()
          .notNegative("view", view)
          .notNegative("search", search)
          .notNegative("rating", rating)
          .require(
              favorite >= view,
              "favorite",
              "must be at least {view}",
              "%s and %s".formatted(favorite, view))
          .require(
              cart >= favorite,
              "cart",
              "must be at least {favorite}",
              "%s and %s".formatted(cart, favorite))
          .require(
              purchase >= cart && purchase > 0,
              "purchase",
              "must be positive and at least {cart}",
              "%s and %s".formatted(purchase, cart))
          .positive("best_rating", bestRating)
          .throwIfAny();
    }
  }

  public FeatureConfig {
    new Problems()
        .positive("half_life_days", halfLifeDays)
        .positive("popularity_half_life_days", popularityHalfLifeDays)
        .positive("conversion_smoothing", conversionSmoothing)
        .positive("repeat_smoothing", repeatSmoothing)
        .positive("trend_smoothing", trendSmoothing)
        .positive("open_rate_smoothing", openRateSmoothing)
        .positive("top_categories", topCategories)
        .throwIfAny();
  }
}
