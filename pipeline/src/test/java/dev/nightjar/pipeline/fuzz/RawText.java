package dev.nightjar.pipeline.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A raw file as text with a character for each byte, whatever its encoding, in which every row that
 * a shop wrote has a mark. Marks are never cut or changed, so that rows can be counted by them.
 */
final class RawText {
  private static final Pattern MARK = Pattern.compile("r\\d+-\\d+r");

  private RawText() {}

  static String of(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String mark(int file, int row) {
    return "r%d-%dr".formatted(file, row);
  }

  static int marks(String text) {
    return Math.toIntExact(MARK.matcher(text).results().count());
  }

  /** A place in a text, before or after its marks but not within one. */
  static int place(String text, Random random) {
    int place = random.nextInt(text.length() + 1);
    for (MatchResult mark : MARK.matcher(text).results().toList()) {
      if (mark.start() < place && place < mark.end()) {
        return mark.end();
      }
    }
    return place;
  }

  static boolean isInMark(String text, int place) {
    return MARK.matcher(text).results().anyMatch(m -> m.start() <= place && place < m.end());
  }

  static String insert(String text, int place, String what) {
    return text.substring(0, place) + what + text.substring(place);
  }

  /** Lines without their ends, whichever those are. */
  static List<String> lines(String text) {
    return List.of(text.split("\r\n|\n|\r", -1));
  }
}
