package dev.nightjar.training.candidate.learning;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.query.Computed;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.als.AlsFactors;
import dev.nightjar.training.candidate.demand.Demand;
import dev.nightjar.training.candidate.demand.DemandLists;
import dev.nightjar.training.candidate.history.HistoryRows;
import dev.nightjar.training.candidate.history.Learners;
import dev.nightjar.training.candidate.history.Purchases;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ContentIndex;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.item.Shelf;
import dev.nightjar.training.candidate.matrix.Sharing;
import dev.nightjar.training.candidate.segment.Interests;
import dev.nightjar.training.table.UserSegments;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * What sources learn from at one moment. Data that several of them need is computed once, when it
 * is first used.
 */
public final class Learning {
  private final Snapshot snapshot;
  private final AlsFactors factors;
  private final CandidateConfig config;
  private final JavaSparkContext spark;
  private final Shelf shelf;
  private final Broadcast<ItemIndex> index;
  private final Dataset<Row> histories;
  private final Learners learners;
  private Purchases purchases;
  private ContentIndex content;
  private Interests interests;
  private Dataset<Row> userSegments;
  private DemandLists demand;

  public Learning(Snapshot snapshot, AlsFactors factors, CandidateConfig config) {
    this.snapshot = snapshot;
    this.factors = factors;
    this.config = config;
    this.spark = Sharing.of(snapshot.users());
    this.shelf = Shelf.collect(snapshot, config.shelfItems());
    this.index = spark.broadcast(shelf.index());
    // Computed now, since three passes go over it. As many partitions as a shuffle has: the
    // histories are small, so Spark would merge them into one task, but they take much work.
    this.histories =
        Computed.now(
            HistoryRows.of(
                snapshot.pairFeatures().repartition(parts(), col(PairFeatures.USER_ID)),
                config.seed()));
    this.learners = Learners.collect(histories, index, config.neighbours());
  }

  /** Partitions of what is computed per user. */
  public int parts() {
    return Integer.parseInt(
        snapshot.users().sparkSession().conf().get("spark.sql.shuffle.partitions"));
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  public AlsFactors factors() {
    return factors;
  }

  public CandidateConfig config() {
    return config;
  }

  public JavaSparkContext spark() {
    return spark;
  }

  /** Most items that a source proposes to a user. */
  public int most(CandidateSource source) {
    return config.items(source.name());
  }

  /** Numbers of the items. */
  public ItemIndex items() {
    return shelf.index();
  }

  /** The same, for tasks. */
  public Broadcast<ItemIndex> sharedItems() {
    return index;
  }

  /** {@link HistoryRows} of every user. */
  public Dataset<Row> histories() {
    return histories;
  }

  public Learners learners() {
    return learners;
  }

  /** The purchases of the learners. */
  public Purchases purchases() {
    if (purchases == null) {
      purchases =
          Purchases.collect(
              snapshot, learners, index, config.seed(), config.neighbours().purchaseDays());
    }
    return purchases;
  }

  /** The descriptions of the items. */
  public ContentIndex content() {
    if (content == null) {
      content = ContentIndex.of(shelf.labels());
    }
    return content;
  }

  /** Segments of users with similar tastes. */
  public Interests interests() {
    if (interests == null) {
      interests = Interests.learn(shelf, content(), learners, config.segments(), config.seed());
    }
    return interests;
  }

  /** What the segments of users want. */
  public DemandLists demand() {
    if (demand == null) {
      demand =
          DemandLists.collect(
              onShelf(Demand.of(snapshot, userSegments(), config.demand().popularDays())),
              shelf,
              config.demand().segmentMinPurchases(),
              config.longest());
    }
    return demand;
  }

  private Dataset<Row> onShelf(Dataset<Row> rows) {
    Broadcast<ItemIndex> items = index;
    FilterFunction<Row> isKnown =
        row -> items.value().of(row.getAs(CleanEvents.ITEM_ID)) != ItemIndex.UNKNOWN;
    return rows.filter(isKnown);
  }

  /** {@code user_segments}. */
  public Dataset<Row> userSegments() {
    if (userSegments == null) {
      userSegments = assigned(interests());
    }
    return userSegments;
  }

  /** Plain Java, since a taste is a short loop over a nested history. */
  private Dataset<Row> assigned(Interests interests) {
    if (interests.segments().isEmpty()) {
      return histories.sparkSession().createDataFrame(List.<Row>of(), UserSegments.SCHEMA);
    }
    Broadcast<Interests> shared = spark.broadcast(interests);
    Broadcast<ItemIndex> items = index;
    int historyItems = config.neighbours().historyItems();
    MapPartitionsFunction<Row, Row> assign =
        users -> {
          List<Row> rows = new ArrayList<>();
          while (users.hasNext()) {
            Row user = users.next();
            UserHistory history = UserHistory.of(user, items.value(), historyItems);
            int segment = shared.value().of(history);
            if (segment != Interests.NONE) {
              rows.add(
                  UserSegments.TABLE
                      .row()
                      .set(UserSegments.USER_ID, history.userId())
                      .set(UserSegments.SEGMENT, segment)
                      .set(UserSegments.SEGMENT_NAME, shared.value().segments().get(segment).name())
                      .set(UserSegments.DISTANCE, shared.value().distance(history, segment))
                      .build());
            }
          }
          return rows.iterator();
        };
    return histories
        .select(PairFeatures.USER_ID, HistoryRows.PAIRS)
        .mapPartitions(assign, Encoders.row(UserSegments.SCHEMA));
  }
}
