package dev.nightjar.pipeline.tune;

import dev.nightjar.training.intent.FoldFigures;
import java.util.List;
import java.util.Map;

/**
 * One set of settings and how it did: one line of {@code trials.jsonl}.
 *
 * @param trial number from 0; 0 are the settings to be bettered
 * @param matrixRun run of the rows it was tried on
 * @param settings by key under {@code intent}
 * @param anchors dates of the folds
 * @param folds figures of each fold, in the order of {@code anchors}
 * @param seconds wall time
 */
public record Trial(
    int trial,
    String matrixRun,
    Map<String, Number> settings,
    List<String> anchors,
    List<FoldFigures> folds,
    double seconds) {
  /** Means over the folds. */
  public FoldFigures mean() {
    return FoldFigures.mean(folds);
  }

  /** Whether it tried the same on the same. */
  boolean isSameAs(int other, String run, Map<String, Number> wanted, List<String> on) {
    return trial == other
        && matrixRun.equals(run)
        && anchors.equals(on)
        && settings.keySet().equals(wanted.keySet())
        && settings.entrySet().stream()
            .allMatch(
                setting ->
                    setting.getValue().doubleValue() == wanted.get(setting.getKey()).doubleValue());
  }
}
