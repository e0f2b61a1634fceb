package dev.nightjar.training.candidate.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.config.Configs;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.candidate.learning.CandidateSource;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class CandidateSourcesTest {
  @Test
  void eachSourceHasItsKeyInTheReferenceAndNoOtherKeyIsTakenForOne() {
    CandidateConfig reference = Configs.of(CandidateConfig.class, "candidates");

    assertEquals(new TreeSet<>(CandidateSources.names()), reference.items().keySet());
  }

  @Test
  void eachSourceHasItsScoreColumnInTheOrderOfTheRegistry() {
    assertEquals(
        CandidateSources.names().stream().map(Candidates::score).toList(),
        Arrays.stream(Candidates.TABLE.columns()).filter(name -> name.endsWith("_score")).toList());
  }

  @Test
  void thePlainestEvidenceNamesTheItemAndTheTasteOfOthersIsSaidBeforeWhatSells() {
    assertEquals(
        List.of("complement", "rules", "item_item", "content"), names(CandidateSources.byLink()));
    assertEquals(
        List.of("als", "user_user", "trending", "popular", "content"),
        names(CandidateSources.byWords()));
  }

  private static List<String> names(List<CandidateSource> sources) {
    return sources.stream().map(CandidateSource::name).toList();
  }
}
