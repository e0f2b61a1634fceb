package dev.nightjar.training.intent.model;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nanvl;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import com.typesafe.config.Config;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.training.intent.IntentFeatures;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Purchase intent of a shop with too little history or too few sales for trees: a Poisson rate of
 * each pair with a Gamma prior. The prior rate is the user's rate of purchases times the item's
 * share of the shop's; {@link #PRIOR_DAYS} days of it are mixed with the pair's own purchases:
 *
 * <pre>
 *   user rate = (purchases of 90 days + PRIOR_DAYS * shop rate) / (days seen + PRIOR_DAYS)
 *   item share = (purchases of 90 days + 1/2) / (shop's purchases of 90 days + items/2)
 *   rate = (pair's purchase days + PRIOR_DAYS * user rate * item share) / (days seen + PRIOR_DAYS)
 *   purchase_probability = 1 - exp(-rate * horizon_days)
 * </pre>
 *
 * @param horizonDays days in which a purchase counts
 * @param windowDays days of data behind the counts of 90 days, at most 90
 * @param historyDays days of data behind the counts over all history
 * @param purchasesPerUserDay the shop's purchase lines per user and day of the window
 * @param purchases the shop's purchase lines in the window
 * @param items items of the shop
 */
public record RateModel(
    double horizonDays,
    double windowDays,
    double historyDays,
    double purchasesPerUserDay,
    double purchases,
    double items)
    implements IntentModel {
  static final String KIND = "rate";

  /** Weight of the prior, in days. */
  private static final double PRIOR_DAYS = 30.0;

  private static final int WINDOW = 90;
  private static final int DECIMALS = 9;

  private static final String PURCHASES = "purchases";
  private static final String ITEMS = "items";

  /**
   * Counts the shop's purchases; one small action.
   *
   * @param snapshot tonight's
   * @param historyDays days of data up to tonight, at least 1
   */
  public static RateModel fit(Snapshot snapshot, long historyDays, int horizonDays) {
    Row shop =
        snapshot
            .itemFeatures()
            .agg(
                coalesce(sum(ItemFeatures.PURCHASES_90D), lit(0))
                    .cast(DataTypes.DoubleType)
                    .as(PURCHASES),
                count(lit(1)).cast(DataTypes.DoubleType).as(ITEMS))
            .first();
    double windowDays = (double) Math.min(WINDOW, historyDays);
    double users = Math.max(1.0, (double) snapshot.users().count());
    double purchases = shop.getAs(PURCHASES);
    double items = shop.getAs(ITEMS);
    return new RateModel(
        horizonDays,
        windowDays,
        (double) historyDays,
        purchases / (users * windowDays),
        purchases,
        Math.max(1.0, items));
  }

  static RateModel read(Config description) {
    return new RateModel(
        description.getDouble("horizon_days"),
        description.getDouble("window_days"),
        description.getDouble("history_days"),
        description.getDouble("purchases_per_user_day"),
        description.getDouble(PURCHASES),
        description.getDouble(ITEMS));
  }

  @Override
  public Dataset<Row> score(Dataset<Row> matrix) {
    Column age = greatest(known(IntentFeatures.USER_AGE_DAYS), lit(1.0));
    Column userRate =
        known(IntentFeatures.USER_PURCHASES_90D)
            .plus(PRIOR_DAYS * purchasesPerUserDay)
            .divide(least(age, lit(windowDays)).plus(PRIOR_DAYS));
    Column itemShare =
        known(IntentFeatures.ITEM_PURCHASES_90D).plus(0.5).divide(purchases + items / 2);
    Column rate =
        known(IntentFeatures.PAIR_PURCHASES)
            .plus(userRate.multiply(itemShare).multiply(PRIOR_DAYS))
            .divide(least(age, lit(historyDays)).plus(PRIOR_DAYS));
    return matrix
        .withColumn(RAW_SCORE, round(greatest(rate, lit(0.0)), DECIMALS))
        .withColumn(
            PURCHASE_PROBABILITY, lit(1.0).minus(exp(col(RAW_SCORE).multiply(-horizonDays))))
        .withColumn(ORDER_SCORE, col(PURCHASE_PROBABILITY))
        .drop(IntentFeatures.NAMES.toArray(String[]::new));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void save(String directory) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("horizon_days", horizonDays);
    parameters.put("window_days", windowDays);
    parameters.put("history_days", historyDays);
    parameters.put("purchases_per_user_day", purchasesPerUserDay);
    parameters.put(PURCHASES, purchases);
    parameters.put(ITEMS, items);
    new ModelFiles(SparkSession.active(), directory).writeDescription(KIND, parameters);
  }

  private static Column known(String feature) {
    return nanvl(col(feature), lit(0.0));
  }
}
