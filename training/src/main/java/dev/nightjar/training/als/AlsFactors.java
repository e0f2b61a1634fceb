package dev.nightjar.training.als;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What ALS learned; the dot product of a user's and an item's vector is near 1 where the user wants
 * the item and near 0 otherwise.
 *
 * @param users {@code user_factors}
 * @param items {@code item_factors}
 */
public record AlsFactors(Dataset<Row> users, Dataset<Row> items) {}
