package dev.nightjar.pipeline.night;

import com.typesafe.config.Config;
import dev.nightjar.features.DataException;
import dev.nightjar.features.Steps;
import dev.nightjar.pipeline.settings.CodeVersion;
import dev.nightjar.pipeline.settings.ConfigText;
import dev.nightjar.pipeline.settings.Digests;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.stage.StageInputs;
import dev.nightjar.pipeline.stage.StageOutputs;
import dev.nightjar.pipeline.warehouse.Manifest;
import dev.nightjar.pipeline.warehouse.Provenance;
import dev.nightjar.pipeline.warehouse.Warehouse;
import dev.nightjar.pipeline.warehouse.Writing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the stages of a night in order, skipping those whose output is up to date. */
public final class StageRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StageRunner.class);

  private final Warehouse warehouse;
  private final Config config;
  private final Listener listener;

  public StageRunner(Warehouse warehouse, Config config, Listener listener) {
    this.warehouse = warehouse;
    this.config = config;
    this.listener = listener;
  }

  /** Follows the progress of the night. */
  public interface Listener {
    void started(Stage stage, int position, int of);

    void ended(StageOutcome outcome);
  }

  /**
   * Runs the stages.
   *
   * @param force whether to recompute what is up to date
   * @return one outcome per stage, in order
   * @throws DataException where an input is missing or bad
   */
  public List<StageOutcome> run(List<Stage> stages, LocalDate date, boolean force) {
    warehouse.finishCommits();
    List<StageOutcome> outcomes = new ArrayList<>();
    for (Stage stage : stages) {
      LOG.info("night of {}: stage {} started", date, stage.name());
      listener.started(stage, outcomes.size() + 1, stages.size());
      StageOutcome outcome = run(stage, date, force);
      LOG.info(
          "night of {}: stage {} {} in {} s",
          date,
          stage.name(),
          outcome.status(),
          outcome.seconds());
      outcomes.add(outcome);
      listener.ended(outcome);
    }
    return outcomes;
  }

  private StageOutcome run(Stage stage, LocalDate date, boolean force) {
    long start = System.nanoTime();
    StageInputs in = StageInputs.open(stage, warehouse, date);
    Map<String, String> sources = stage.sourceStamps(date);
    String fingerprint = fingerprint(stage, in.runs(), sources);
    Writing writing =
        warehouse.begin(
            new Provenance(fingerprint, CodeVersion.current(), in.runs(), sources), force);
    StageOutputs out = new StageOutputs(stage, warehouse, writing, date);
    if (!force && stage.isDone(in, out, date)) {
      return new StageOutcome(
          stage, StageOutcome.Status.SKIPPED, current(stage, date), seconds(start), List.of());
    }
    boolean isCommitted = false;
    try {
      List<String> warnings =
          Steps.step(
              warehouse.spark().sparkContext(), stage.name(), () -> stage.run(in, out, date));
      writing.commit(seconds(start));
      isCommitted = true;
      return new StageOutcome(
          stage, StageOutcome.Status.DONE, current(stage, date), seconds(start), warnings);
    } finally {
      if (!isCommitted) {
        writing.abandon();
      }
    }
  }

  private List<Manifest> current(Stage stage, LocalDate date) {
    return stage.writes().stream()
        .flatMap(output -> warehouse.manifest(output.name(), date).stream())
        .toList();
  }

  private String fingerprint(Stage stage, Map<String, String> inputs, Map<String, String> sources) {
    StringBuilder text = new StringBuilder();
    text.append(stage.name()).append('\n').append(CodeVersion.current()).append('\n');
    stage
        .spec()
        .configSections()
        .forEach(section -> text.append(ConfigText.canonical(config, section)).append('\n'));
    text.append(inputs).append('\n').append(new TreeMap<>(sources));
    return Digests.sha256(text.toString(), 16);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
