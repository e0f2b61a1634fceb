package dev.nightjar.pipeline.night;

import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Nearest;
import dev.nightjar.pipeline.stage.Stage;
import java.util.List;
import java.util.Optional;

/**
 * Which stages of a night to run.
 *
 * @param from first stage, the night's first where empty
 * @param until last stage, the night's last where empty
 */
public record StageRange(Optional<String> from, Optional<String> until) {
  /** The whole night. */
  public static StageRange all() {
    return new StageRange(Optional.empty(), Optional.empty());
  }

  /** One stage alone. */
  public static StageRange only(String stage) {
    return new StageRange(Optional.of(stage), Optional.of(stage));
  }

  /**
   * The stages of the range, in order.
   *
   * @throws ConfigProblems where a stage is not known or the range is empty
   */
  public List<Stage> of(List<Stage> stages) {
    int first = from.map(name -> indexOf(stages, name)).orElse(0);
    int last = until.map(name -> indexOf(stages, name)).orElse(stages.size() - 1);
    if (first > last) {
      throw new ConfigProblems(
          List.of(
              "--from %s comes after --until %s; the order is %s"
                  .formatted(from.orElse(""), until.orElse(""), names(stages))));
    }
    return stages.subList(first, last + 1);
  }

  private static int indexOf(List<Stage> stages, String name) {
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).name().equals(name)) {
        return i;
      }
    }
    List<String> known = stages.stream().map(Stage::name).toList();
    throw new ConfigProblems(
        List.of(
            "stage '%s' is not known, the stages are %s%s"
                .formatted(name, names(stages), Nearest.hint(name, known))));
  }

  private static String names(List<Stage> stages) {
    return String.join(", ", stages.stream().map(Stage::name).toList());
  }
}
