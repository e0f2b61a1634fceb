package dev.nightjar.training.candidate.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.config.Configs;
import dev.nightjar.training.candidate.Candidates;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.candidate.learning.CandidateSource;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CandidateSourcesTest {
  @Test
  void eachSourceHasItsDefaultInTheReferenceAndNoOtherKeyIsASource() {
    String defaults =
        """
        abandoned = 0
        als = 60
        complement = 0
        content = 20
        item_item = 40
        popular = 20
        repeat = 40
        rules = 20
        trending = 0
        user_user = 30
        """;

    assertEquals(defaults, lines(Configs.of(CandidateConfig.class, "candidates")));
    assertEquals(
        new TreeSet<>(CandidateSources.names()),
        Configs.of(CandidateConfig.class, "candidates").items().keySet());
  }

  @Test
  void theNumberOfItemsOfASourceIsReadByItsNameAndZeroSwitchesItOff() {
    CandidateConfig config =
        Configs.of(CandidateConfig.class, "candidates", "als = 7", "rules = 0", "trending = 3");

    assertEquals(7, config.items("als"));
    assertEquals(3, config.items("trending"));
    assertEquals(
        List.of("repeat", "als", "item_item", "user_user", "content", "popular", "trending"),
        CandidateSources.namesOn(config));
  }

  @Test
  void eachSourceHasItsScoreColumnInTheOrderOfTheRegistry() {
    assertEquals(
        CandidateSources.names().stream().map(Candidates::score).toList(),
        Arrays.stream(Candidates.TABLE.columns()).filter(name -> name.endsWith("_score")).toList());
  }

  @Test
  void theMostDirectEvidenceNamesTheItemAndTasteComesBeforeSales() {
    assertEquals(
        List.of("complement", "rules", "item_item", "content"), names(CandidateSources.byLink()));
    assertEquals(
        List.of("als", "user_user", "trending", "popular", "content"),
        names(CandidateSources.byWords()));
  }

  private static String lines(CandidateConfig config) {
    return config.items().entrySet().stream()
        .map(source -> source.getKey() + " = " + source.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static List<String> names(List<CandidateSource> sources) {
    return sources.stream().map(CandidateSource::name).toList();
  }
}
