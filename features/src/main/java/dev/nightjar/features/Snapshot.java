package dev.nightjar.features;

import dev.nightjar.features.query.Computed;
import dev.nightjar.features.table.LocalEvents;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the shop knew at one moment: tonight, or an earlier anchor that a model learns from. Every
 * dataset is computed from what happened before {@code asOf.end()} alone.
 *
 * @param asOf the moment
 * @param events {@link LocalEvents} before the moment
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

  /**
   * Cuts the tables of a night to what was known at a moment, tonight's or an earlier one, and
   * defines the features of that moment. The history of pairs is computed at once and kept in
   * Spark's storage while the snapshot is in use; the features are computed when they are read.
   *
   * @param events {@link LocalEvents} with their returns
   */
  public static Snapshot compute(
      Dataset<Row> events,
      Dataset<Row> items,
      Dataset<Row> users,
      Dataset<Row> pushes,
      AsOf asOf,
      FeatureConfig config) {
    Dataset<Row> knownEvents = Known.events(events, asOf);
    Dataset<Row> knownItems = Known.items(items, asOf);
    Dataset<Row> knownUsers = Known.users(users, asOf);
    Dataset<Row> knownPushes = Known.pushes(pushes, asOf);
    Dataset<Row> kept = Returns.withKept(knownEvents);
    Dataset<Row> history = PairHistory.compute(kept, asOf, config);
    // Computed now, without their lineage: three tables of features are made from them, and a plan
    // that held it three times would take longer to plan than to run.
    Dataset<Row> kinds = Computed.now(ItemFeaturizer.kinds(knownEvents, knownItems));
    Dataset<Row> tastes = Computed.now(Taste.ofPairs(history, kinds, config));
    return new Snapshot(
        asOf,
        knownEvents,
        knownItems,
        knownUsers,
        knownPushes,
        UserFeaturizer.fromTastes(kept, tastes, knownUsers, knownPushes, asOf, config),
        ItemFeaturizer.fromHistory(tastes, kinds, asOf, config),
        PairFeaturizer.fromTastes(tastes, asOf));
  }

  /** Makes the snapshot of a moment. */
  @FunctionalInterface
  public interface Source {
    Snapshot at(AsOf asOf);
  }
}
