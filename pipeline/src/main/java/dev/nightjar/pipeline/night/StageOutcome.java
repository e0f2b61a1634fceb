package dev.nightjar.pipeline.night;

import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.warehouse.Manifest;
import java.util.List;

/**
 * The outcome of a stage.
 *
 * @param stage which
 * @param status whether it ran
 * @param manifests the current manifest of each table that it writes, for the date
 * @param seconds wall time
 * @param notes notes for the person who reads the console, one line each
 */
public record StageOutcome(
    Stage stage, Status status, List<Manifest> manifests, double seconds, List<String> notes) {
  /** Ran, or was skipped since its output is up to date. */
  public enum Status {
    DONE,
    SKIPPED
  }
}
