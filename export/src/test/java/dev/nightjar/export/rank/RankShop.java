package dev.nightjar.export.rank;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.export.policy.PushHistory;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.PushLog;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.model.IntentModel;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserSegments;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A night's tables with the rows a test adds; values that a test does not set are 0 or null. */
final class RankShop {
  private static final StructType SCORED =
      new StructType()
          .add(RankedItems.USER_ID, DataTypes.StringType, false)
          .add(RankedItems.ITEM_ID, DataTypes.StringType, false)
          .add(RankedItems.SOURCES, DataTypes.createArrayType(DataTypes.StringType), false)
          .add(RankedItems.PURCHASE_PROBABILITY, DataTypes.DoubleType, false)
          .add(Candidates.BECAUSE_ITEM_ID, DataTypes.StringType, true)
          .add(Candidates.BECAUSE_SOURCE, DataTypes.StringType, true);
  private static final StructType SEGMENTS =
      new StructType()
          .add(Users.USER_ID, DataTypes.StringType, false)
          .add(UserSegments.SEGMENT_NAME, DataTypes.StringType, false);

  private final List<Row> scored = new ArrayList<>();
  private final List<Row> pairs = new ArrayList<>();
  private final List<Row> items = new ArrayList<>();
  private final List<Row> itemFeatures = new ArrayList<>();
  private final List<Row> pushes = new ArrayList<>();
  private final List<Row> schedules = new ArrayList<>();
  private final List<Row> users = new ArrayList<>();
  private final List<Row> factors = new ArrayList<>();
  private final List<Row> segments = new ArrayList<>();

  RankShop scored(String user, String item, double probability, String... sources) {
    scored.add(scoredRow(user, item, probability, sources).row());
    return this;
  }

  RankShop because(String user, String item, double probability, String source, String known) {
    scored.add(
        scoredRow(user, item, probability, source)
            .set(Candidates.BECAUSE_ITEM_ID, known)
            .set(Candidates.BECAUSE_SOURCE, source)
            .row());
    return this;
  }

  RankShop pair(String user, String item, Map<String, ?> facts) {
    TestRow pair =
        TestRow.of(PairFeatures.TABLE)
            .set(PairFeatures.USER_ID, user)
            .set(PairFeatures.ITEM_ID, item);
    pairs.add(with(pair, facts));
    return this;
  }

  RankShop item(String item, Map<String, ?> facts) {
    items.add(
        with(TestRow.of(Items.TABLE).set(Items.IS_LISTED, true).set(Items.ITEM_ID, item), facts));
    return this;
  }

  RankShop itemFeatures(String item, Map<String, ?> facts) {
    itemFeatures.add(with(TestRow.of(ItemFeatures.TABLE).set(ItemFeatures.ITEM_ID, item), facts));
    return this;
  }

  RankShop push(String user, String item, String sentAt, boolean isOpened) {
    Instant sent = Instant.parse(sentAt);
    pushes.add(
        TestRow.of(Pushes.TABLE)
            .set(Pushes.PUSH_ID, "p" + pushes.size())
            .set(Pushes.USER_ID, user)
            .set(Pushes.ITEM_ID, item)
            .set(Pushes.SENT_AT, sent)
            .set(Pushes.OPENED_AT, isOpened ? sent : null)
            .row());
    return this;
  }

  /** A push of an earlier night's plan; the log's n-th push has the id {@code p<n>}. */
  RankShop planned(String id, String user, String sendAt, String... items) {
    Instant at = Instant.parse(sendAt);
    schedules.add(
        TestRow.of(PushSchedule.TABLE)
            .set(PushSchedule.PUSH_ID, id)
            .set(PushSchedule.USER_ID, user)
            .set(PushSchedule.ITEMS, List.of(items))
            .set(PushSchedule.SEND_AT, at)
            .set(PushSchedule.VALID_UNTIL, at.plusSeconds(3600))
            .zeros()
            .row());
    return this;
  }

  /** The log's report that a push was delivered. */
  RankShop delivered(String user, String item, String sentAt) {
    Instant sent = Instant.parse(sentAt);
    pushes.add(
        TestRow.of(Pushes.TABLE)
            .set(Pushes.PUSH_ID, "p" + pushes.size())
            .set(Pushes.USER_ID, user)
            .set(Pushes.ITEM_ID, item)
            .set(Pushes.SENT_AT, sent)
            .set(Pushes.DELIVERED_AT, sent.plusSeconds(1))
            .row());
    return this;
  }

  RankShop user(String user, String locale, String segment) {
    users.add(
        TestRow.of(Users.TABLE).set(Users.USER_ID, user).set(Users.LOCALE, locale).zeros().row());
    if (segment != null) {
      segments.add(
          TestRow.of(SEGMENTS)
              .set(Users.USER_ID, user)
              .set(UserSegments.SEGMENT_NAME, segment)
              .row());
    }
    return this;
  }

  RankShop factors(String item, Float... numbers) {
    factors.add(
        TestRow.of(ItemFactors.TABLE)
            .set(ItemFactors.ITEM_ID, item)
            .set(ItemFactors.ITEM_INDEX, factors.size())
            .set(ItemFactors.FACTORS, numbers)
            .row());
    return this;
  }

  /** The lists of the night of 2026-03-10. */
  Dataset<Row> ranked(RankConfig config) {
    return Ranker.rank(candidates(), inputs(), config);
  }

  /** No trees learned an order, so lists are sorted by the probability. */
  private Dataset<Row> candidates() {
    return TestSpark.dataset(SCORED, scored)
        .withColumn(IntentModel.ORDER_SCORE, col(RankedItems.PURCHASE_PROBABILITY));
  }

  private RankInputs inputs() {
    Snapshot tonight =
        new Snapshot(
            new AsOf(LocalDate.parse("2026-03-10"), ZoneOffset.UTC),
            TestSpark.dataset(LocalEvents.SCHEMA, List.of()),
            TestSpark.dataset(Items.SCHEMA, items),
            TestSpark.dataset(Users.SCHEMA, users),
            TestSpark.dataset(Pushes.SCHEMA, pushes),
            TestSpark.dataset(UserFeatures.SCHEMA, List.of()),
            TestSpark.dataset(ItemFeatures.SCHEMA, itemFeatures),
            TestSpark.dataset(PairFeatures.SCHEMA, pairs));
    return new RankInputs(
        tonight,
        TestSpark.dataset(ItemFactors.SCHEMA, factors),
        TestSpark.dataset(SEGMENTS, segments),
        new PushHistory(
            tonight.pushes(),
            TestSpark.dataset(PushLog.SCHEMA, List.of()),
            TestSpark.dataset(PushSchedule.SCHEMA, schedules)));
  }

  private static TestRow scoredRow(String user, String item, double probability, String... from) {
    return TestRow.of(SCORED)
        .set(RankedItems.USER_ID, user)
        .set(RankedItems.ITEM_ID, item)
        .set(RankedItems.SOURCES, from)
        .set(RankedItems.PURCHASE_PROBABILITY, probability);
  }

  private static Row with(TestRow row, Map<String, ?> facts) {
    TestRow more = row;
    for (Map.Entry<String, ?> fact : facts.entrySet()) {
      more = more.set(fact.getKey(), fact.getValue());
    }
    return more.zeros().row();
  }
}
