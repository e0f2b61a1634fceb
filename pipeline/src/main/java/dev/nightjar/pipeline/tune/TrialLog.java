package dev.nightjar.pipeline.tune;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.nightjar.pipeline.warehouse.Json;
import dev.nightjar.pipeline.warehouse.Storage;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trials of a date, one JSON line each, under {@code _tune/date=D/}. The file is replaced as a
 * whole after each trial, so that a killed search loses only the trial in progress.
 */
final class TrialLog {
  private static final Logger LOG = LoggerFactory.getLogger(TrialLog.class);

  private final Storage storage;
  private final String file;
  private final List<Trial> trials = new ArrayList<>();

  /**
   * Reads what was recorded; a line that is not a valid trial is skipped and computed again.
   *
   * @param name of the file
   */
  TrialLog(Storage storage, LocalDate date, String name) {
    this.storage = storage;
    this.file = "_tune/date=" + date + "/" + name;
    storage
        .get(file)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .ifPresent(text -> text.lines().filter(line -> !line.isBlank()).forEach(this::parse));
  }

  private void parse(String line) {
    try {
      trials.add(Json.parse(line, Trial.class));
    } catch (JsonProcessingException broken) {
      LOG.warn("a line of {} is no trial and is left out: {}", file, line);
    }
  }

  List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** The path as shown to people. */
  String place() {
    return storage.display(file);
  }

  /** Records a trial, replacing an earlier one of the same number on the same basis. */
  void record(Trial trial) {
    trials.removeIf(older -> older.trial() == trial.trial() && older.basis().equals(trial.basis()));
    trials.add(trial);
    String text = trials.stream().map(Json::line).collect(Collectors.joining("\n", "", "\n"));
    storage.put(file, text);
  }
}
