package dev.nightjar.training.candidate;

import static dev.nightjar.training.table.Candidates.ITEM_ID;
import static dev.nightjar.training.table.Candidates.SCHEMA;
import static dev.nightjar.training.table.Candidates.USER_ID;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.als.AlsFactors;
import dev.nightjar.training.table.UserFactors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Proposes items to every user, each source with a score of its own. */
public final class Candidates {
  private static final String PROPOSALS = "proposals";

  private Candidates() {}

  /**
   * Candidates of every user of the snapshot, from sources {@code repeat}, {@code abandoned},
   * {@code als}, {@code popular} and {@code trending}. Items that the shop does not list or that
   * are out of stock are left out. Collects the item factors.
   *
   * @return {@code candidates}: one row per (user, item), unordered
   */
  public static Dataset<Row> propose(
      Snapshot snapshot, AlsFactors factors, CandidateConfig config) {
    Dataset<Row> offered =
        snapshot
            .items()
            .where(col(Items.STOCK).isNull().or(col(Items.STOCK).gt(0)))
            .select(Items.ITEM_ID)
            .distinct();
    Dataset<Row> pairs =
        snapshot.pairFeatures().join(broadcast(offered), new String[] {ITEM_ID}, "left_semi");
    Dataset<Row> proposals =
        RepeatCandidates.propose(pairs, config)
            .unionByName(AbandonedCandidates.propose(pairs, config))
            .unionByName(SegmentCandidates.propose(snapshot, offered, config))
            .groupBy(USER_ID)
            .agg(
                collect_list(struct(col(ITEM_ID), col(Proposals.SOURCE), col(Proposals.SCORE)))
                    .as(PROPOSALS));
    Broadcast<ItemMatrix> items =
        JavaSparkContext.fromSparkContext(snapshot.users().sparkSession().sparkContext())
            .broadcast(
                ItemMatrix.collect(
                    factors.items().join(offered, new String[] {ITEM_ID}, "left_semi")));
    return snapshot
        .users()
        .select(Users.USER_ID)
        .join(proposals, new String[] {USER_ID}, "left_outer")
        .join(
            factors.users().select(UserFactors.USER_ID, UserFactors.FACTORS),
            new String[] {USER_ID},
            "left_outer")
        .select(USER_ID, PROPOSALS, UserFactors.FACTORS)
        .flatMap(new CandidateMerger(items, config.als()), Encoders.row(SCHEMA));
  }
}
