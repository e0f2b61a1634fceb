package dev.nightjar.pipeline.night;

import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.warehouse.Manifest;
import java.util.List;

/**
 * How a stage went.
 *
 * @param stage which
 * @param status whether it ran
 * @param manifests what counts now of each table it writes, for the date
 * @param seconds wall time
 * @param notes what a person should be told, one line each
 */
public record StageOutcome(
    Stage stage, Status status, List<Manifest> manifests, double seconds, List<String> notes) {
  /** Ran, or found its output standing. */
  public enum Status {
    DONE,
    SKIPPED
  }
}
