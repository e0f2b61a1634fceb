package dev.nightjar.pipeline.backtest.run;

import com.typesafe.config.Config;
import dev.nightjar.export.table.RankedItems;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.pipeline.night.Pipeline;
import dev.nightjar.pipeline.night.StageRunner;
import dev.nightjar.pipeline.settings.ConfigLoader;
import dev.nightjar.pipeline.settings.Settings;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.warehouse.Manifest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The same night under other settings: the stages that depend on them run again in a separate root,
 * and read the rest from the measured night.
 *
 * @param pipeline that of the measured night
 * @param stages the stages that its lists depend on, in order
 */
record Variants(Pipeline pipeline, Split split, List<Stage> stages) {

  /**
   * Runs the night with one setting changed.
   *
   * @param name of the folder that it writes to; stages already done there by an earlier run are
   *     skipped
   * @return its {@code ranked_items}
   * @throws ConfigProblems where the value breaks its rule
   */
  Dataset<Row> run(String name, String key, double value, StageRunner.Listener listener) {
    Config raw = with(key, value);
    String root = pipeline.warehouse().storage().path(folder() + "/" + name);
    List<String> names = affected(key).stream().map(Stage::name).toList();
    try (Pipeline variant = pipeline.below(Settings.from(raw), root)) {
      List<Stage> chosen =
          variant.stages().stream().filter(stage -> names.contains(stage.name())).toList();
      variant.run(split.night(), chosen, false, listener);
      return variant.warehouse().read(RankedItems.TABLE, split.night());
    }
  }

  /**
   * Checks a setting before anything is run with it.
   *
   * @throws ConfigProblems where it is unknown, a value breaks its rule, or no list depends on it
   */
  void require(String key, List<Double> values) {
    values.forEach(value -> with(key, value));
    if (affected(key).isEmpty()) {
      throw new ConfigProblems(
          List.of(
              "--vary %s changes no list: no stage up to rank reads it; vary a setting of candidates, intent or rank"
                  .formatted(key)));
    }
  }

  private Config with(String key, double value) {
    String plain = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return ConfigLoader.with(pipeline.settings().raw(), key + "=" + plain);
  }

  /** Removes the folders of the nights under other settings. */
  void clear() {
    pipeline.warehouse().storage().delete(folder());
  }

  private String folder() {
    return split.folder() + "/variants";
  }

  /** Wall time, in the night itself, of the stages that a setting makes run again. */
  double seconds(String key) {
    return affected(key).stream()
        .flatMap(stage -> stage.writes().stream().limit(1))
        .flatMap(output -> pipeline.warehouse().manifest(output.name(), split.night()).stream())
        .mapToDouble(Manifest::seconds)
        .sum();
  }

  /** The stages whose rows depend on a setting, directly or through what they read, in order. */
  List<Stage> affected(String key) {
    Set<String> changed = new HashSet<>();
    List<Stage> affected = new ArrayList<>();
    for (Stage stage : stages) {
      boolean reads = stage.reads().stream().anyMatch(read -> changed.contains(read.name()));
      boolean depends =
          stage.spec().configSections().stream()
              .anyMatch(section -> key.equals(section) || key.startsWith(section + "."));
      if (reads || depends) {
        affected.add(stage);
        stage.writes().forEach(output -> changed.add(output.name()));
      }
    }
    return affected;
  }
}
