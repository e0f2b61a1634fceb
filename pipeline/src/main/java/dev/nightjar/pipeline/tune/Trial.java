package dev.nightjar.pipeline.tune;

import dev.nightjar.training.tune.FoldFigures;
import java.util.List;
import java.util.Map;

/**
 * One set of settings and its figures: one line of {@code trials.jsonl}.
 *
 * @param trial number, from 0; 0 has the present settings
 * @param basis the rows it was tried on and the settings that no trial changes
 * @param settings by key under {@code intent}
 * @param anchors dates of the folds
 * @param folds figures of each fold, in the order of {@code anchors}
 * @param seconds wall time
 */
public record Trial(
    int trial,
    String basis,
    Map<String, Number> settings,
    List<String> anchors,
    List<FoldFigures> folds,
    double seconds) {
  /** Means over the folds. */
  public FoldFigures mean() {
    return FoldFigures.mean(folds);
  }

  /** True where both tried the same settings on the same rows. */
  boolean isSameAs(int other, String on, Map<String, Number> wanted, List<String> dates) {
    return trial == other
        && basis.equals(on)
        && anchors.equals(dates)
        && settings.keySet().equals(wanted.keySet())
        && settings.entrySet().stream()
            .allMatch(
                setting ->
                    setting.getValue().doubleValue() == wanted.get(setting.getKey()).doubleValue());
  }
}
