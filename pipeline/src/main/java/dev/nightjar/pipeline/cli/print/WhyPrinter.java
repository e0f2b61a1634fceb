package dev.nightjar.pipeline.cli.print;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.table.Items;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.stage.RankStage;
import dev.nightjar.pipeline.stage.ScoredCandidates;
import dev.nightjar.training.intent.IntentFeatures;
import dev.nightjar.training.intent.model.IntentModel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Shows what each feature adds to the raw scores of a user's first items. */
public final class WhyPrinter {
  private static final int LARGEST = 5;
  private static final double SAME = 1e-6;

  private final Console console;

  public WhyPrinter(Console console) {
    this.console = console;
  }

  /**
   * Prints the first items of a user's list with their contributions.
   *
   * @param date the night whose tables and model are read
   * @param most largest number of items
   */
  public void print(Pipeline pipeline, LocalDate date, String user, int most) {
    RankStage rank =
        pipeline.stages().stream()
            .filter(RankStage.class::isInstance)
            .map(RankStage.class::cast)
            .findFirst()
            .orElseThrow();
    List<Row> ranked =
        pipeline
            .warehouse()
            .read(RankedItems.TABLE, date)
            .where(col(RankedItems.USER_ID).equalTo(user))
            .orderBy(RankedItems.RANK)
            .limit(most)
            .collectAsList();
    console.line("%s of %s: why the first items of user %s", RankedItems.TABLE.name(), date, user);
    if (ranked.isEmpty()) {
      console.line("  (no rows of user %s)", user);
      return;
    }
    ScoredCandidates candidates = rank.candidates(pipeline.warehouse(), date);
    Optional<Dataset<Row>> explained = candidates.explained(user);
    if (explained.isEmpty()) {
      console.line(
          "  the model of this night is of kind '%s', which has no contributions of features; intent.model=xgboost does",
          candidates.model().kind());
      return;
    }
    Map<String, Row> contributions = byItem(explained.get(), ranked);
    console.line(
        "  The list is sorted by score%s.",
        rank.rank().isVaried() ? "; its first places were then reordered for diversity" : "");
    Map<String, Row> items = byItem(pipeline.warehouse().read(Items.TABLE, date), ranked);
    ranked.forEach(row -> printItem(row, items, contributions));
  }

  private static Map<String, Row> byItem(Dataset<Row> rows, List<Row> ranked) {
    Object[] shown = ranked.stream().map(row -> row.getAs(RankedItems.ITEM_ID)).toArray();
    Map<String, Row> byItem = new HashMap<>();
    rows.where(col(RankedItems.ITEM_ID).isin(shown))
        .collectAsList()
        .forEach(row -> byItem.put(row.getAs(RankedItems.ITEM_ID), row));
    return byItem;
  }

  private void printItem(Row ranked, Map<String, Row> items, Map<String, Row> contributions) {
    String item = ranked.getAs(RankedItems.ITEM_ID);
    Row listed = items.get(item);
    String title = listed == null ? null : listed.getAs(Items.TITLE);
    console.line(
        "%n%d. %s%s: %s",
        ranked.<Integer>getAs(RankedItems.RANK),
        item,
        title == null ? "" : " " + title,
        ranked.getAs(RankedItems.REASON));
    Row explained = contributions.get(item);
    if (explained == null) {
      console.line("  no longer among the candidates of that night; run it again from rank");
      return;
    }
    console.table(List.of("feature", "value", "adds"), lines(explained));
    double probability = explained.getAs(IntentModel.PURCHASE_PROBABILITY);
    console.line("  %s", scores(explained.getAs(IntentModel.ORDER_SCORE), ranked));
    console.line("  purchase probability %.6f, by the first set of trees alone", probability);
    double written = ranked.getAs(RankedItems.PURCHASE_PROBABILITY);
    if (Math.abs(written - probability) > SAME) {
      console.line(
          "  the table says %.6f: the model was retrained since; run the night again from rank",
          written);
    }
  }

  private static String scores(double orderScore, Row ranked) {
    double score = ranked.getAs(RankedItems.SCORE);
    String own = String.format(Locale.ROOT, "order score %.6f, from the raw score", orderScore);
    return Math.abs(score - orderScore) < SAME
        ? own + " alone: it is the score"
        : own
            + String.format(
                Locale.ROOT,
                "; score %.6f, which is %.3f times that for earlier pushes not opened or for the price",
                score,
                score / orderScore);
  }

  /** The largest contributions, the sum of the others, the start and the raw score. */
  static List<List<String>> lines(Row explained) {
    List<Double> adds = explained.getList(explained.fieldIndex(IntentModel.CONTRIBUTIONS));
    int features = IntentFeatures.NAMES.size();
    List<Integer> largest =
        IntStream.range(0, features)
            .boxed()
            .sorted(Comparator.comparingDouble(feature -> -Math.abs(adds.get(feature))))
            .limit(LARGEST)
            .toList();
    List<List<String>> lines = new ArrayList<>();
    for (int feature : largest) {
      String name = IntentFeatures.NAMES.get(feature);
      lines.add(List.of(name, value(explained.getAs(name)), signed(adds.get(feature))));
    }
    double others =
        IntStream.range(0, features)
            .filter(feature -> !largest.contains(feature))
            .mapToDouble(adds::get)
            .sum();
    lines.add(List.of((features - largest.size()) + " other features", "", signed(others)));
    lines.add(List.of("start of every candidate", "", signed(adds.get(features))));
    lines.add(List.of("raw score", "", signed(explained.getAs(IntentModel.RAW_SCORE))));
    return lines;
  }

  private static String value(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.4f", value);
  }
}
