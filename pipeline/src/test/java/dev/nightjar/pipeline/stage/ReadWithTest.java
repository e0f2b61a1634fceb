package dev.nightjar.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.Configs;
import dev.nightjar.features.source.SourcesConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that was read by another mapping is read again, however old it is. */
class ReadWithTest {
  private static final String PUSHES =
      "pushes { path = \"a/{date}.csv\", columns { push_id = p, user_id = u, sent_at = at } }";
  private static final Map<String, String> STAMPS = Map.of("a/2026-03-01.csv", "12@1773100000000");

  @Test
  void whatTheLedgerHasByTheSameMappingIsNotReadAgainWhereverItLies() {
    assertEquals(STAMPS, with(PUSHES, "").same(with(PUSHES, "").mark(STAMPS)));
    String moved =
        "pushes { columns { sent_at = at, user_id = u, push_id = p }, path = \"b/{date}.csv\", lookback_days = 3 }";
    assertEquals(STAMPS, with(moved, "").same(with(PUSHES, "").mark(STAMPS)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pushes { columns { unsubscribed_at = l } }",
        "pushes { columns { sent_at = l } }",
        "pushes { options { sep = \";\" } }",
        "pushes { format = json }",
        "suppressions { path = \"c.csv\", columns { user_id = u } }"
      })
  void anotherMappingReadsThemAgain(String change) {
    Map<String, String> before = with(PUSHES, "").mark(STAMPS);
    assertEquals(Map.of(), with(PUSHES + "\n" + change, "").same(before));
    assertNotEquals(before, with(PUSHES + "\n" + change, "").mark(STAMPS));
  }

  @Test
  void otherWordsForNobodyAndALedgerThatDoesNotSayHowItWasReadReadThemAgain() {
    ReadWith now = with(PUSHES, "");
    assertEquals(Map.of(), now.same(with(PUSHES, "not_a_user = [nobody]").mark(STAMPS)));
    assertEquals(Map.of(), now.same(STAMPS));
  }

  private static ReadWith with(String sources, String clean) {
    return ReadWith.of(
        SourcesConfig.from(Configs.section("sources", sources)),
        Configs.of(CleanConfig.class, "clean", clean));
  }
}
