package dev.nightjar.training.candidate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.als.AlsFactors;
import dev.nightjar.training.candidate.history.HistoryRows;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.Best;
import dev.nightjar.training.candidate.matrix.NeighbourSearch;
import dev.nightjar.training.candidate.matrix.Sharing;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.rules.RuleBook;
import dev.nightjar.training.candidate.segment.InterestSegment;
import dev.nightjar.training.candidate.source.ComplementSource;
import dev.nightjar.training.candidate.source.ContentSource;
import dev.nightjar.training.candidate.source.ItemItemSource;
import dev.nightjar.training.candidate.source.Proposer;
import dev.nightjar.training.candidate.source.RulesSource;
import dev.nightjar.training.table.AssociationRules;
import dev.nightjar.training.table.Candidates;
import dev.nightjar.training.table.ItemNeighbours;
import dev.nightjar.training.table.Segments;
import dev.nightjar.training.table.UserFactors;
import dev.nightjar.training.table.UserSegments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** What was learned at one moment, as tables. */
public final class CandidateTables {
  private static final int TOLD_NEIGHBOURS = 20;

  private final Snapshot snapshot;
  private final AlsFactors factors;
  private final Dataset<Row> histories;
  private final Dataset<Row> userSegments;
  private final Broadcast<CandidateModels> models;
  private final int historyItems;
  private final int parts;

  CandidateTables(
      Snapshot snapshot,
      AlsFactors factors,
      Dataset<Row> histories,
      Dataset<Row> userSegments,
      Broadcast<CandidateModels> models,
      int historyItems,
      int parts) {
    this.snapshot = snapshot;
    this.factors = factors;
    this.histories = histories;
    this.userSegments = userSegments;
    this.models = models;
    this.historyItems = historyItems;
    this.parts = parts;
  }

  /** {@code candidates}: one row per (user, item), unordered. */
  public Dataset<Row> candidates() {
    String[] byUser = {Candidates.USER_ID};
    return snapshot
        .users()
        .select(Users.USER_ID, Users.LOCALE)
        .join(histories.select(PairFeatures.USER_ID, HistoryRows.PAIRS), byUser, "left_outer")
        .join(
            factors.users().select(UserFactors.USER_ID, UserFactors.FACTORS), byUser, "left_outer")
        .select(Users.USER_ID, HistoryRows.PAIRS, UserFactors.FACTORS, Users.LOCALE)
        .repartition(parts, col(Users.USER_ID))
        .mapPartitions(new CandidateMerger(models, historyItems), Encoders.row(Candidates.SCHEMA));
  }

  /** {@code item_neighbours} of the sources that are on; searches those of {@code content}. */
  public Dataset<Row> itemNeighbours() {
    List<Row> rows = new ArrayList<>();
    for (Proposer source : models.value().sources()) {
      if (source instanceof ItemItemSource similar) {
        add(rows, ItemItemSource.NAME, similar.neighbours());
      } else if (source instanceof ComplementSource complement) {
        add(rows, ComplementSource.NAME, complement.followers());
      } else if (source instanceof ContentSource alike) {
        SparseRows items = alike.content().items();
        add(
            rows,
            ContentSource.NAME,
            NeighbourSearch.nearest(
                Sharing.of(histories), NeighbourSearch.Products.of(items), TOLD_NEIGHBOURS));
      }
    }
    return spark().createDataFrame(rows, ItemNeighbours.SCHEMA);
  }

  private void add(List<Row> rows, String kind, SparseRows neighbours) {
    ItemIndex index = models.value().index();
    for (int item = 0; item < neighbours.rowCount(); item++) {
      int told = Math.min(neighbours.size(item), TOLD_NEIGHBOURS);
      for (int place = 0; place < told; place++) {
        int entry = neighbours.start(item) + place;
        rows.add(
            RowFactory.create(
                kind,
                index.id(item),
                index.id(neighbours.column(entry)),
                Best.rounded(neighbours.value(entry)),
                place + 1));
      }
    }
  }

  /** {@code association_rules}; none where source {@code rules} is off. */
  public Dataset<Row> associationRules() {
    ItemIndex index = models.value().index();
    List<Row> rows = new ArrayList<>();
    for (Proposer source : models.value().sources()) {
      if (source instanceof RulesSource rules) {
        for (RuleBook.Rule rule : rules.book().rules()) {
          rows.add(
              RowFactory.create(
                  java.util.Arrays.stream(rule.antecedent())
                      .mapToObj(index::id)
                      .toArray(String[]::new),
                  index.id(rule.consequent()),
                  Best.rounded(rule.support()),
                  Best.rounded(rule.confidence()),
                  Best.rounded(rule.lift())));
        }
      }
    }
    return spark().createDataFrame(rows, AssociationRules.SCHEMA);
  }

  /** {@code user_segments}: one row per user with a taste, unordered. */
  public Dataset<Row> userSegments() {
    return userSegments;
  }

  /** {@code segments}; counts their users. */
  public Dataset<Row> segments() {
    Map<Integer, Long> users = new HashMap<>();
    userSegments
        .groupBy(UserSegments.SEGMENT)
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(row -> users.put(row.getInt(0), row.getLong(1)));
    List<Row> rows = new ArrayList<>();
    List<InterestSegment> segments = models.value().interests().segments();
    for (int number = 0; number < segments.size(); number++) {
      InterestSegment segment = segments.get(number);
      rows.add(
          RowFactory.create(
              number,
              segment.name(),
              users.getOrDefault(number, 0L),
              segment.topTerms().toArray(String[]::new),
              segment.silhouette()));
    }
    return spark().createDataFrame(rows, Segments.SCHEMA);
  }

  private SparkSession spark() {
    return histories.sparkSession();
  }
}
