package dev.nightjar.export.rank;

import dev.nightjar.export.policy.PushHistory;
import dev.nightjar.features.Snapshot;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The inputs of a ranking besides the scored candidates, all of the same night.
 *
 * @param tonight the inputs of the shop and their features
 * @param itemFactors {@code item_factors}; read only where {@code rank.diversity} is above 0
 * @param userSegments {@code user_segments}
 * @param pushes earlier pushes
 */
public record RankInputs(
    Snapshot tonight, Dataset<Row> itemFactors, Dataset<Row> userSegments, PushHistory pushes) {}
