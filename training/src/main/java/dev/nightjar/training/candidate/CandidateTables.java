package dev.nightjar.training.candidate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.candidate.history.HistoryRows;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.learning.Learning;
import dev.nightjar.training.candidate.matrix.Best;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.rules.RuleBook;
import dev.nightjar.training.candidate.segment.InterestSegment;
import dev.nightjar.training.table.AssociationRules;
import dev.nightjar.training.table.ItemNeighbours;
import dev.nightjar.training.table.Segments;
import dev.nightjar.training.table.UserFactors;
import dev.nightjar.training.table.UserSegments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What was learned at one moment, as tables. */
public final class CandidateTables {
  static final int WRITTEN_NEIGHBOURS = 20;

  private final Learning learning;
  private final Broadcast<CandidateModels> models;

  CandidateTables(Learning learning, Broadcast<CandidateModels> models) {
    this.learning = learning;
    this.models = models;
  }

  /** What the night should know of them. */
  public List<String> notes() {
    int most = learning.config().shelfItems();
    return learning.items().size() < most
        ? List.of()
        : List.of(
            "the shop has candidates.shelf_items (%,d) items or more: candidates are the most popular of those in stock"
                .formatted(most));
  }

  /** {@code candidates} of every user: one row per (user, item), unordered. */
  public Dataset<Row> candidates() {
    return candidates(lit(true));
  }

  /** The same of those users of whom a condition on {@code user_id} is true. */
  Dataset<Row> candidates(Column ofUsers) {
    String[] byUser = {Candidates.USER_ID};
    Dataset<Row> histories = learning.histories().select(PairFeatures.USER_ID, HistoryRows.PAIRS);
    Dataset<Row> factors =
        learning.factors().users().select(UserFactors.USER_ID, UserFactors.FACTORS);
    return learning
        .snapshot()
        .users()
        .where(ofUsers)
        .select(Users.USER_ID, Users.LOCALE)
        .join(histories, byUser, "left_outer")
        .join(factors, byUser, "left_outer")
        .repartition(learning.parts(), col(Users.USER_ID))
        .mapPartitions(
            new CandidateMerger(models, learning.config().neighbours().historyItems()),
            Encoders.row(Candidates.SCHEMA));
  }

  /** {@code item_neighbours} of the sources that are on; computes those of {@code content}. */
  public Dataset<Row> itemNeighbours() {
    Map<String, SparseRows> byKind = new TreeMap<>();
    for (CandidateModels.LearnedSource source : models.value().sources()) {
      source
          .proposer()
          .neighbours(learning.spark(), WRITTEN_NEIGHBOURS)
          .ifPresent(neighbours -> byKind.put(source.name(), neighbours));
    }
    return spark()
        .range(0, learning.items().size(), 1, learning.parts())
        .flatMap(
            new NeighbourRows(models, learning.spark().broadcast(byKind)),
            Encoders.row(ItemNeighbours.SCHEMA));
  }

  /** {@code association_rules}; empty where no source that is on uses rules. */
  public Dataset<Row> associationRules() {
    List<Row> rows =
        models.value().sources().stream()
            .flatMap(source -> source.proposer().rules().stream())
            .flatMap(book -> book.rules().stream())
            .map(this::row)
            .toList();
    return spark().createDataFrame(rows, AssociationRules.SCHEMA);
  }

  private Row row(RuleBook.Rule rule) {
    ItemIndex index = models.value().index();
    String[] antecedent =
        Arrays.stream(rule.antecedent()).mapToObj(index::id).toArray(String[]::new);
    return AssociationRules.TABLE
        .row()
        .set(AssociationRules.ANTECEDENT, antecedent)
        .set(AssociationRules.CONSEQUENT, index.id(rule.consequent()))
        .set(AssociationRules.SUPPORT, Best.rounded(rule.support()))
        .set(AssociationRules.CONFIDENCE, Best.rounded(rule.confidence()))
        .set(AssociationRules.LIFT, Best.rounded(rule.lift()))
        .build();
  }

  /** {@code user_segments}: one row per user with a taste, unordered. */
  public Dataset<Row> userSegments() {
    return learning.userSegments();
  }

  /** {@code segments}, with the number of their users. */
  public Dataset<Row> segments() {
    Map<Integer, Long> users = new HashMap<>();
    userSegments()
        .groupBy(UserSegments.SEGMENT)
        .agg(count(lit(1)).as(Segments.USERS))
        .collectAsList()
        .forEach(row -> users.put(row.getAs(UserSegments.SEGMENT), row.getAs(Segments.USERS)));
    List<Row> rows = new ArrayList<>();
    for (InterestSegment segment : models.value().interests().segments()) {
      int number = rows.size();
      rows.add(
          Segments.TABLE
              .row()
              .set(Segments.SEGMENT, number)
              .set(Segments.NAME, segment.name())
              .set(Segments.USERS, users.getOrDefault(number, 0L))
              .set(Segments.TOP_CATEGORIES, segment.topTerms().toArray(String[]::new))
              .set(Segments.SILHOUETTE, segment.silhouette())
              .build());
    }
    return spark().createDataFrame(rows, Segments.SCHEMA);
  }

  private SparkSession spark() {
    return learning.histories().sparkSession();
  }
}
