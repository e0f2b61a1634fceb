package dev.nightjar.features;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the shop knew at one moment: tonight, or an earlier anchor that a model learns from. Every
 * dataset is computed from what happened before {@code asOf.end()} alone.
 *
 * @param asOf the moment
 * @param events {@code clean_events} before the moment
 * @param items {@code items} known at the moment
 * @param users {@code users} known at the moment
 * @param pushes {@code pushes} sent before the moment
 * @param userFeatures {@code user_features}
 * @param itemFeatures {@code item_features}
 * @param pairFeatures {@code pair_features}
 */
public record Snapshot(
    AsOf asOf,
    Dataset<Row> events,
    Dataset<Row> items,
    Dataset<Row> users,
    Dataset<Row> pushes,
    Dataset<Row> userFeatures,
    Dataset<Row> itemFeatures,
    Dataset<Row> pairFeatures) {

  /** Gives the snapshot of a moment. */
  @FunctionalInterface
  public interface Source {
    Snapshot at(AsOf asOf);
  }
}
