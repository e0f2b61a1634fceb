package dev.nightjar.features;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Strength of interest: {@code strength(u,i) = sum over events of w(type) * 2^(-age_days /
 * half_life)}, over events that {@link Returns} keeps. It is the r_ui of Hu, Koren and Volinsky
 * (2008).
 */
public final class Strength {
  /** A strength is a whole number of billionths, so that its sum does not depend on the order. */
  private static final double UNITS = 1e9;

  private Strength() {}

  /**
   * Weight of an event of {@code clean_events} by its type alone, at least 0. A rating weighs in
   * proportion to its value and nothing without one; a return weighs nothing.
   */
  public static Column weight(FeatureConfig.Weights weights) {
    Column type = col(CleanEvents.EVENT_TYPE);
    Column rating = coalesce(col(CleanEvents.RATING), lit(0.0)).divide(weights.bestRating());
    return when(type.equalTo(EventTypes.VIEW), weights.view())
        .when(type.equalTo(EventTypes.PURCHASE), weights.purchase())
        .when(type.equalTo(EventTypes.CART), weights.cart())
        .when(type.equalTo(EventTypes.FAVORITE), weights.favorite())
        .when(type.equalTo(EventTypes.SEARCH), weights.search())
        .when(
            type.equalTo(EventTypes.RATING).and(rating.gt(0.0)), rating.multiply(weights.rating()))
        .otherwise(0.0);
  }

  /** Half for every {@code halfLifeDays} between the event and {@code asOf.end()}. */
  public static Column decay(AsOf asOf, double halfLifeDays) {
    Column halvings = asOf.ageDays(col(CleanEvents.EVENT_TIME)).divide(halfLifeDays);
    return pow(lit(2.0), halvings.multiply(-1.0));
  }

  /**
   * Sum of non-negative {@code values}, each rounded to a billionth first: unlike a sum of doubles
   * it is the same in whatever order the rows come, so two runs agree to the last bit. 0 for no
   * rows; the sum must stay below nine billion.
   */
  public static Column total(Column values) {
    return coalesce(sum(units(values)), lit(0L)).divide(UNITS);
  }

  /** {@link #total} of a window. */
  static Column totalOver(Column values, WindowSpec window) {
    return coalesce(sum(units(values)).over(window), lit(0L)).divide(UNITS);
  }

  private static Column units(Column values) {
    return floor(values.multiply(UNITS).plus(0.5));
  }
}
