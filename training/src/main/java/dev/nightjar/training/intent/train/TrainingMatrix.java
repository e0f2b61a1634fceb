package dev.nightjar.training.intent.train;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Chance;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.Steps;
import dev.nightjar.features.query.Parameter;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.training.als.AlsConfig;
import dev.nightjar.training.als.AlsFactors;
import dev.nightjar.training.als.AlsTrainer;
import dev.nightjar.training.candidate.CandidateGenerator;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.intent.Examples;
import dev.nightjar.training.intent.IntentConfig;
import dev.nightjar.training.intent.IntentFeatures;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The examples of one anchor: tonight's candidates as they would have been then, labelled with what
 * happened next.
 *
 * @param anchor the moment that the features know
 * @param rows user_id, item_id, {@link IntentFeatures#NAMES}, label, weight, anchor, is_held_out;
 *     persisted, to be closed
 * @param counts candidates of the anchor's users, or of a sample of them in a large shop, before
 *     rows are drawn
 */
public record TrainingMatrix(AsOf anchor, Dataset<Row> rows, LabelCounts counts)
    implements AutoCloseable {
  /** Builds the matrix of an anchor. */
  public record Builder(IntentConfig intent, AlsConfig als, CandidateConfig candidates) {

    /**
     * Builds and materialises the matrix of one anchor. A purchase counts as one even if it is
     * returned later: the label is the wish to buy, and a return is not known for weeks.
     *
     * @param snapshot what was known at the anchor
     * @param later {@code clean_events} that reach at least to the end of the horizon
     */
    public TrainingMatrix build(Snapshot snapshot, Dataset<Row> later) {
      return build(snapshot, later, isDrawn(snapshot.asOf(), later));
    }

    /** The same from what the night of the anchor wrote. */
    public TrainingMatrix build(AnchorNight night, Dataset<Row> later) {
      Column isDrawn = isDrawn(night.snapshot().asOf(), later);
      return build(night.snapshot(), night.candidates().where(isDrawn), later);
    }

    /** Condition on {@code user_id}: a sample of the users of a large shop, else all. */
    private Column isDrawn(AsOf anchor, Dataset<Row> later) {
      return isDrawn(SampleShares.ofUsers(bought(anchor, later).count(), intent));
    }

    /** Condition on {@code user_id}: a share of the users; all from 1. */
    public Column isDrawn(double share) {
      return Chance.of(lit(intent.seed() + 2), col(CleanEvents.USER_ID)).lt(Parameter.of(share));
    }

    /**
     * The same of the candidates of some users; all are learned from.
     *
     * @param ofUsers condition on {@code user_id}
     */
    public TrainingMatrix build(Snapshot snapshot, Dataset<Row> later, Column ofUsers) {
      List<Dataset<Row>> features =
          List.of(snapshot.pairFeatures(), snapshot.userFeatures(), snapshot.itemFeatures());
      features.forEach(dataset -> dataset.persist(StorageLevel.MEMORY_AND_DISK()));
      try {
        SparkContext context = later.sparkSession().sparkContext();
        AlsFactors factors =
            Steps.step(context, "als", () -> AlsTrainer.train(snapshot.pairFeatures(), als));
        Dataset<Row> proposed =
            Steps.step(
                context,
                "candidates",
                () -> CandidateGenerator.propose(snapshot, factors, candidates, ofUsers));
        return build(snapshot, proposed, later);
      } finally {
        features.forEach(dataset -> dataset.unpersist());
      }
    }

    /**
     * Builds the matrix of candidates that are given.
     *
     * @param proposed {@code candidates} of the snapshot's moment
     * @param later as for the other
     */
    public TrainingMatrix build(Snapshot snapshot, Dataset<Row> proposed, Dataset<Row> later) {
      SparkContext context = later.sparkSession().sparkContext();
      Dataset<Row> labelled =
          label(proposed, snapshot.asOf(), later).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return Steps.step(context, "examples", () -> sample(labelled, snapshot));
      } finally {
        labelled.unpersist();
      }
    }

    /** One row per pair that was bought within the horizon. */
    private Dataset<Row> bought(AsOf anchor, Dataset<Row> later) {
      AsOf end = anchor.minusDays(-intent.horizonDays());
      Column time = col(CleanEvents.EVENT_TIME);
      return later
          .where(
              col(CleanEvents.EVENT_TYPE)
                  .equalTo(EventTypes.PURCHASE)
                  .and(time.geq(anchor.endColumn()))
                  .and(end.knows(time)))
          .select(CleanEvents.USER_ID, CleanEvents.ITEM_ID)
          .distinct();
    }

    private Dataset<Row> label(Dataset<Row> proposed, AsOf anchor, Dataset<Row> later) {
      return proposed
          .join(
              bought(anchor, later).withColumn(Examples.LABEL, lit(1.0)),
              new String[] {CleanEvents.USER_ID, CleanEvents.ITEM_ID},
              "left_outer")
          .withColumn(Examples.LABEL, coalesce(col(Examples.LABEL), lit(0.0)));
    }

    /** Counts first, since the share of negatives to keep follows from the counts. */
    private TrainingMatrix sample(Dataset<Row> labelled, Snapshot snapshot) {
      LabelCounts counts = LabelCounts.of(labelled);
      Column share = SampleShares.of(counts, intent).column();
      String date = snapshot.asOf().date().toString();
      Column lot =
          Chance.of(
              lit(intent.seed()), col(CleanEvents.USER_ID), col(CleanEvents.ITEM_ID), lit(date));
      Dataset<Row> rows =
          IntentFeatures.assemble(labelled.where(lot.lt(share)), snapshot, List.of(Examples.LABEL))
              .withColumn(Examples.WEIGHT, lit(1.0).divide(share))
              .withColumn(Examples.ANCHOR, lit(date))
              .withColumn(
                  Examples.IS_HELD_OUT,
                  Chance.of(lit(intent.seed() + 1), col(CleanEvents.USER_ID)).lt(0.5))
              .persist(StorageLevel.MEMORY_AND_DISK());
      // Computed now, while its inputs are still cached.
      rows.foreachPartition(partition -> {});
      return new TrainingMatrix(snapshot.asOf(), rows, counts);
    }
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
