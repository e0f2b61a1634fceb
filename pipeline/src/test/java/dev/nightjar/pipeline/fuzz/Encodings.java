package dev.nightjar.pipeline.fuzz;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Files in another encoding, and signs that most readers stumble over. */
final class Encodings {
  private static final List<String> SIGNS =
      List.of(
          "\u00fc",
          "\u2028",
          "\u0085",
          "\u000b",
          "\f",
          "\u001a",
          "\u0000",
          "\u200b",
          "\ufeff",
          "\u00a0",
          "\ud83d\ude00",
          "\u202e",
          "\u0007",
          "\u001b[31m",
          "\ufffd",
          "e\u0301");

  private Encodings() {}

  static String of(String text, Random random) {
    String noted = RawText.insert(text, RawText.place(text, random), "\u00fc");
    return switch (random.nextInt(6)) {
      case 0 -> "\u00ff\u00fe" + in(noted, StandardCharsets.UTF_16LE);
      case 1 -> "\u00fe\u00ff" + in(noted, StandardCharsets.UTF_16BE);
      case 2 -> in(text, one(random, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE));
      case 3 -> "\u00ef\u00bb\u00bf" + text;
      case 4 -> noted; // Latin-1 already
      default -> in(noted, Charset.forName("UTF-32"));
    };
  }

  /** One sign, of UTF-8 or a byte that no character begins with. */
  static String signs(Random random) {
    return random.nextInt(5) == 0
        ? one(
            random, "\u00c3", "\u00ff", "\u0080", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080")
        : in(SIGNS.get(random.nextInt(SIGNS.size())), StandardCharsets.UTF_8);
  }

  private static String in(String text, Charset charset) {
    return RawText.of(text.getBytes(charset));
  }

  @SafeVarargs
  private static <T> T one(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }
}
