package dev.nightjar.training.candidate;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.training.als.AlsFactors;
import dev.nightjar.training.candidate.demand.Demand;
import dev.nightjar.training.candidate.demand.DemandLists;
import dev.nightjar.training.candidate.history.Complements;
import dev.nightjar.training.candidate.history.HistoryRows;
import dev.nightjar.training.candidate.history.Learners;
import dev.nightjar.training.candidate.history.NeighbourConfig;
import dev.nightjar.training.candidate.history.Purchases;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ContentIndex;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.item.ItemMatrix;
import dev.nightjar.training.candidate.item.Shelf;
import dev.nightjar.training.candidate.matrix.ItemSimilarity;
import dev.nightjar.training.candidate.matrix.NeighbourSearch;
import dev.nightjar.training.candidate.matrix.Sharing;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.rules.RuleBook;
import dev.nightjar.training.candidate.rules.RuleMiner;
import dev.nightjar.training.candidate.segment.Interests;
import dev.nightjar.training.candidate.source.AbandonedSource;
import dev.nightjar.training.candidate.source.AlsSource;
import dev.nightjar.training.candidate.source.ComplementSource;
import dev.nightjar.training.candidate.source.ContentSource;
import dev.nightjar.training.candidate.source.ItemItemSource;
import dev.nightjar.training.candidate.source.PopularSource;
import dev.nightjar.training.candidate.source.Proposer;
import dev.nightjar.training.candidate.source.RepeatSource;
import dev.nightjar.training.candidate.source.RulesSource;
import dev.nightjar.training.candidate.source.TrendingSource;
import dev.nightjar.training.candidate.source.UserUserSource;
import dev.nightjar.training.table.UserSegments;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Learns what the sources that are on need to know, each thing once. */
final class Learning {
  private final Snapshot snapshot;
  private final AlsFactors factors;
  private final CandidateConfig config;
  private final JavaSparkContext spark;
  private final Shelf shelf;
  private final Broadcast<ItemIndex> index;
  private final Dataset<Row> histories;
  private final Learners learners;

  Learning(Snapshot snapshot, AlsFactors factors, CandidateConfig config) {
    this.snapshot = snapshot;
    this.factors = factors;
    this.config = config;
    this.spark = Sharing.of(snapshot.users());
    this.shelf = Shelf.collect(snapshot);
    this.index = spark.broadcast(shelf.index());
    // Computed now, since three passes go over it. As many parts as a shuffle has: the histories
    // are few bytes, which Spark would merge into one task, and much work.
    this.histories =
        HistoryRows.of(
                snapshot.pairFeatures().repartition(parts(), col(PairFeatures.USER_ID)),
                config.seed())
            .localCheckpoint(true);
    this.learners = Learners.collect(histories, index, config.neighbours());
  }

  private int parts() {
    return Integer.parseInt(
        snapshot.users().sparkSession().conf().get("spark.sql.shuffle.partitions"));
  }

  CandidateTables learn() {
    List<Proposer> sources = new ArrayList<>();
    ItemIndex items = shelf.index();
    NeighbourConfig neighbours = config.neighbours();
    if (isOn(RepeatSource.NAME)) {
      sources.add(
          new RepeatSource(
              items, config.pairs().repeatHalfLifeDays(), config.items(RepeatSource.NAME)));
    }
    if (isOn(AbandonedSource.NAME)) {
      sources.add(
          new AbandonedSource(
              items,
              config.pairs().abandonedDays(),
              config.pairs().abandonedMinViews(),
              config.items(AbandonedSource.NAME)));
    }
    if (isOn(AlsSource.NAME)) {
      sources.add(
          new AlsSource(
              items, ItemMatrix.collect(factors.items(), items), config.items(AlsSource.NAME)));
    }
    if (isOn(ItemItemSource.NAME)) {
      sources.add(new ItemItemSource(items, similarItems(), config.items(ItemItemSource.NAME)));
    }
    if (isOn(UserUserSource.NAME)) {
      sources.add(
          UserUserSource.of(
              items, learners, neighbours.perUser(), config.items(UserUserSource.NAME)));
    }
    addFromPurchases(sources);
    ContentIndex content = ContentIndex.of(shelf.labels());
    if (isOn(ContentSource.NAME)) {
      sources.add(new ContentSource(items, content, config.items(ContentSource.NAME)));
    }
    Interests interests =
        Interests.learn(shelf, content, learners, config.segments(), config.seed());
    Dataset<Row> userSegments = userSegments(interests);
    addFromDemand(sources, userSegments);
    return new CandidateTables(
        snapshot,
        factors,
        histories,
        userSegments,
        spark.broadcast(new CandidateModels(items, interests, List.copyOf(sources))),
        config.neighbours().historyItems(),
        parts());
  }

  private boolean isOn(String source) {
    return config.items(source) > 0;
  }

  private SparseRows similarItems() {
    return NeighbourSearch.nearest(
        spark,
        NeighbourSearch.Products.of(
            ItemSimilarity.weigh(learners.interest(), config.neighbours().similarity())),
        config.neighbours().perItem());
  }

  private void addFromPurchases(List<Proposer> sources) {
    if (!isOn(ComplementSource.NAME) && !isOn(RulesSource.NAME)) {
      return;
    }
    ItemIndex items = shelf.index();
    int days = config.neighbours().complementDays();
    Purchases purchases =
        Purchases.collect(
            snapshot, learners, index, config.seed(), config.neighbours().purchaseDays());
    if (isOn(ComplementSource.NAME)) {
      SparseRows complements =
          NeighbourSearch.nearest(
              spark,
              new Complements(learners, purchases, items.size(), days),
              config.neighbours().perItem());
      sources.add(
          new ComplementSource(items, complements, days, config.items(ComplementSource.NAME)));
    }
    if (isOn(RulesSource.NAME)) {
      RuleBook book = new RuleMiner(config.rules(), items.size()).mine(spark, purchases.baskets());
      sources.add(
          new RulesSource(items, book, config.rules().days(), config.items(RulesSource.NAME)));
    }
  }

  private void addFromDemand(List<Proposer> sources, Dataset<Row> userSegments) {
    if (!isOn(PopularSource.NAME) && !isOn(TrendingSource.NAME)) {
      return;
    }
    DemandLists lists =
        DemandLists.collect(
            Demand.of(snapshot, userSegments, config.demand().popularDays()),
            shelf,
            config.demand().segmentMinPurchases(),
            new DemandLists.Lengths(
                Math.max(config.cold(), config.items(PopularSource.NAME)),
                config.items(TrendingSource.NAME)));
    if (isOn(PopularSource.NAME)) {
      sources.add(new PopularSource(lists, config.items(PopularSource.NAME), config.cold()));
    }
    if (isOn(TrendingSource.NAME)) {
      sources.add(new TrendingSource(lists));
    }
  }

  /** {@code user_segments}; plain Java, since a taste is a short loop over a nested history. */
  private Dataset<Row> userSegments(Interests interests) {
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
            UserHistory history =
                UserHistory.of(user.getString(0), user.getList(1), items.value(), historyItems);
            int segment = shared.value().of(history);
            if (segment != Interests.NONE) {
              rows.add(
                  RowFactory.create(
                      history.userId(),
                      segment,
                      shared.value().segments().get(segment).name(),
                      shared.value().distance(history, segment)));
            }
          }
          return rows.iterator();
        };
    return histories
        .select(PairFeatures.USER_ID, HistoryRows.PAIRS)
        .mapPartitions(assign, Encoders.row(UserSegments.SCHEMA));
  }
}
