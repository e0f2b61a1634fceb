package dev.nightjar.pipeline.intent;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.ItemFeatures;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PairFeatures;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.UserFeatures;
import dev.nightjar.features.table.Users;
import dev.nightjar.pipeline.stage.Read;
import dev.nightjar.pipeline.stage.StageInputs;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.training.ModelCard;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.intent.model.IntentModel;
import dev.nightjar.training.intent.train.AnchorNight;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An earlier night that can be learned from.
 *
 * @param written its candidates, and what it knew, without its events
 * @param rows how many candidates they are
 */
record EarlierNight(AnchorNight written, long rows) {
  private static final List<Table> TABLES =
      List.of(
          Candidates.TABLE,
          Items.TABLE,
          Users.TABLE,
          Pushes.TABLE,
          UserFeatures.TABLE,
          ItemFeatures.TABLE,
          PairFeatures.TABLE);

  /**
   * What was found.
   *
   * @param night empty where it cannot be used
   * @param whyNot why it cannot be used, else empty
   */
  record Found(Optional<EarlierNight> night, String whyNot) {
    private static Found not(String why) {
      return new Found(Optional.empty(), why);
    }
  }

  /** The inputs of a stage that needs the night so many days ago. */
  static List<Read> reads(int days) {
    return Stream.concat(
            TABLES.stream().map(table -> Read.nightAgo(table, days)), Stream.of(model(days)))
        .map(Read.class::cast)
        .toList();
  }

  private static Read.LastModel model(int days) {
    return Read.modelAgo(IntentModel.NAME, days);
  }

  /**
   * The night so many days ago, where it was run by tonight's settings and code, and its tables
   * were made from one another: of a night that was run again in part, candidates and features
   * would not belong together.
   *
   * @param settings tonight's
   */
  static Found find(StageInputs in, LocalDate date, int days, ZoneId zone, ModelSettings settings) {
    LocalDate then = date.minusDays(days);
    Map<String, Manifest> tables = new LinkedHashMap<>();
    for (Table table : TABLES) {
      in.days(Read.nightAgo(table, days))
          .forEach(manifest -> tables.put(table.name() + "/" + then, manifest));
    }
    Optional<ModelCard> card = in.card(model(days));
    if (tables.size() < TABLES.size() || card.isEmpty()) {
      return Found.not("the night of " + then + " was not run");
    }
    Optional<String> changed = settings.changedSince(card.get().settings());
    if (changed.isPresent()) {
      return Found.not("in the night of %s, %s".formatted(then, changed.get()));
    }
    if (!tables.values().stream().allMatch(table -> isMadeFrom(tables, table))) {
      return Found.not("the night of " + then + " was run again in part");
    }
    return new Found(Optional.of(read(in, date, days, zone)), "");
  }

  private static boolean isMadeFrom(Map<String, Manifest> tables, Manifest table) {
    return tables.entrySet().stream()
        .allMatch(
            other -> {
              String run = other.getValue().run();
              return table.inputs().getOrDefault(other.getKey(), run).equals(run);
            });
  }

  private static EarlierNight read(StageInputs in, LocalDate date, int days, ZoneId zone) {
    Snapshot snapshot =
        new Snapshot(
            new AsOf(date.minusDays(days), zone),
            CleanEvents.TABLE.empty(in.spark()),
            rows(in, Items.TABLE, days),
            rows(in, Users.TABLE, days),
            rows(in, Pushes.TABLE, days),
            rows(in, UserFeatures.TABLE, days),
            rows(in, ItemFeatures.TABLE, days),
            rows(in, PairFeatures.TABLE, days));
    return new EarlierNight(
        new AnchorNight(snapshot, rows(in, Candidates.TABLE, days)),
        in.days(Read.nightAgo(Candidates.TABLE, days)).get(0).rows());
  }

  private static Dataset<Row> rows(StageInputs in, Table table, int days) {
    return in.rows(Read.nightAgo(table, days));
  }
}
