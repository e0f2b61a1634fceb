package dev.nightjar.export.rank;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.LocalEvents;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.features.table.Users;
import dev.nightjar.training.intent.model.IntentModel;
import dev.nightjar.training.table.Candidates;
import dev.nightjar.training.table.ItemFactors;
import dev.nightjar.training.table.UserSegments;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A night's tables with the rows a test puts there; what a test does not say is 0 or null. */
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
  private final List<Row> users = new ArrayList<>();
  private final List<Row> factors = new ArrayList<>();
  private final List<Row> segments = new ArrayList<>();

  RankShop scored(String user, String item, double probability, String... sources) {
    scored.add(RowFactory.create(user, item, List.of(sources), probability, null, null));
    return this;
  }

  RankShop because(String user, String item, double probability, String source, String known) {
    scored.add(RowFactory.create(user, item, List.of(source), probability, known, source));
    return this;
  }

  RankShop pair(String user, String item, Map<String, ?> facts) {
    pairs.add(row(PairFeatures.SCHEMA, with(facts, "user_id", user, "item_id", item)));
    return this;
  }

  RankShop item(String item, Map<String, ?> facts) {
    items.add(row(Items.SCHEMA, with(facts, "item_id", item)));
    return this;
  }

  RankShop itemFeatures(String item, Map<String, ?> facts) {
    itemFeatures.add(row(ItemFeatures.SCHEMA, with(facts, "item_id", item)));
    return this;
  }

  RankShop push(String user, String item, String sentAt, boolean isOpened) {
    Timestamp sent = Timestamp.from(Instant.parse(sentAt));
    Map<String, Object> facts =
        with(Map.of(), "push_id", "p" + pushes.size(), "user_id", user, "item_id", item);
    facts.put("sent_at", sent);
    facts.put("opened_at", isOpened ? sent : null);
    pushes.add(row(Pushes.SCHEMA, facts));
    return this;
  }

  RankShop user(String user, String locale, String segment) {
    users.add(row(Users.SCHEMA, with(Map.of(), "user_id", user, "locale", locale)));
    if (segment != null) {
      segments.add(RowFactory.create(user, segment));
    }
    return this;
  }

  RankShop factors(String item, Float... numbers) {
    factors.add(RowFactory.create(item, factors.size(), Arrays.asList(numbers)));
    return this;
  }

  /** The lists of the night of 2026-03-10. */
  Dataset<Row> ranked(RankConfig config) {
    return Ranker.rank(candidates(), inputs(), config);
  }

  /** No trees learned an order, so lists go by the probability. */
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
        TestSpark.dataset(SEGMENTS, segments));
  }

  private static Map<String, Object> with(Map<String, ?> facts, String... more) {
    Map<String, Object> all = new java.util.HashMap<>(facts);
    for (int next = 0; next < more.length; next += 2) {
      all.put(more[next], more[next + 1]);
    }
    return all;
  }

  private static Row row(StructType schema, Map<String, Object> facts) {
    return RowFactory.create(
        Arrays.stream(schema.fields())
            .map(field -> facts.containsKey(field.name()) ? facts.get(field.name()) : none(field))
            .toArray());
  }

  private static Object none(StructField field) {
    if (field.nullable()) {
      return null;
    }
    if (field.dataType() instanceof ArrayType) {
      return List.of();
    }
    if (field.dataType() instanceof MapType) {
      return Map.of();
    }
    return switch (field.dataType().typeName()) {
      case "double" -> 0.0;
      case "long" -> 0L;
      case "integer" -> 0;
      case "boolean" -> false;
      case "timestamp" -> new Timestamp(0);
      default -> "";
    };
  }
}
