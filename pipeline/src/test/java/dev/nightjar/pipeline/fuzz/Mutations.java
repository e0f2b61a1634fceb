package dev.nightjar.pipeline.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/** What goes wrong with files: each takes the bytes of one as characters and gives others. */
record Mutations(Random random) {
  /** One kind of fault. */
  record Mutation(String name, BiFunction<Mutations, String, String> change) {
    String apply(String text, Random random) {
      return change.apply(new Mutations(random), text);
    }
  }

  private static final List<Mutation> ANY =
      List.of(
          new Mutation("bytes flipped", Mutations::flip),
          new Mutation("bytes flipped", Mutations::flip),
          new Mutation("truncated", Mutations::truncate),
          new Mutation("truncated", Mutations::truncate),
          new Mutation("empty", (to, text) -> ""),
          new Mutation("blank", (to, text) -> to.one("\n", " \r\n\r\n", "\0\0\0\n", "\ufeff")),
          new Mutation("another format", (to, text) -> OtherFormat.of(text, to.random)),
          new Mutation("zeros", (to, text) -> to.put(text, "\0".repeat(1 + to.upTo(5000)))),
          new Mutation("twice", (to, text) -> text + text));

  private static final List<Mutation> TEXTS =
      List.of(
          new Mutation("rows twice", (to, text) -> to.doubled(text)),
          new Mutation("rows twice", (to, text) -> to.doubled(text)),
          new Mutation("rows gone", (to, text) -> to.withoutLine(text)),
          new Mutation("rows shuffled", (to, text) -> to.shuffled(text)),
          new Mutation("first line in mid-file", (to, text) -> to.firstLineAgain(text)),
          new Mutation("lines joined", (to, text) -> to.joined(text)),
          new Mutation(
              "line breaks", (to, text) -> to.put(text, to.one("\n", "\r", "\r\n", "\n\n"))),
          new Mutation("line ends", (to, text) -> text.replace("\n", to.one("\r", "\r\n", "\n\r"))),
          new Mutation("a quote", (to, text) -> to.put(text, to.one("\"", "\"\"", "'", "\\"))),
          new Mutation("encoding", (to, text) -> Encodings.of(text, to.random)),
          new Mutation("signs", (to, text) -> to.put(text, Encodings.signs(to.random))),
          new Mutation("huge", (to, text) -> to.put(text, "x".repeat(200_000))),
          new Mutation("columns", (to, text) -> to.put(text, ",".repeat(1 + to.upTo(30_000)))),
          new Mutation("junk", (to, text) -> to.put(text, Junk.nested(to.random))),
          new Mutation("a value", Mutations::value),
          new Mutation("a value", Mutations::value),
          new Mutation("a value", Mutations::value),
          new Mutation("values", (to, text) -> to.value(to.value(to.value(to.value(text))))),
          new Mutation("first line", (to, text) -> Junk.firstLine(to.random) + text),
          new Mutation("columns swapped", Mutations::swapped),
          new Mutation("columns swapped", Mutations::swapped),
          new Mutation(
              "separators", (to, text) -> text.replace(",", to.one(";", "\t", ", ", ",,"))),
          new Mutation("key twice", Mutations::keyTwice));

  /** One to three faults of a file. */
  static List<Mutation> some(Form form, Random random) {
    List<Mutation> all = new ArrayList<>(ANY);
    if (form != Form.PARQUET) {
      all.addAll(TEXTS);
      all.addAll(TEXTS);
    }
    List<Mutation> some = new ArrayList<>();
    for (int number = random.nextInt(3); number >= 0; number--) {
      some.add(all.get(random.nextInt(all.size())));
    }
    return some;
  }

  private String flip(String text) {
    StringBuilder flipped = new StringBuilder(text);
    for (int number = random.nextInt(8); number >= 0 && !text.isEmpty(); number--) {
      int place = random.nextInt(text.length());
      if (!RawText.isInMark(text, place)) {
        flipped.setCharAt(
            place,
            random.nextBoolean()
                ? (char) random.nextInt(256)
                : (char) (text.charAt(place) ^ (1 << random.nextInt(8))));
      }
    }
    return flipped.toString();
  }

  private String truncate(String text) {
    int place = RawText.place(text, random);
    return upTo(4) == 0 ? text.substring(place) : text.substring(0, place);
  }

  private String put(String text, String what) {
    String put = text;
    for (int number = random.nextInt(3); number >= 0; number--) {
      put = RawText.insert(put, RawText.place(put, random), what);
    }
    return put;
  }

  private String doubled(String text) {
    List<String> lines = new ArrayList<>(RawText.lines(text));
    for (int number = random.nextInt(4); number >= 0; number--) {
      lines.add(random.nextInt(lines.size()), lines.get(random.nextInt(lines.size())));
    }
    return String.join("\n", lines);
  }

  private String withoutLine(String text) {
    List<String> lines = new ArrayList<>(RawText.lines(text));
    lines.remove(random.nextInt(lines.size()));
    return String.join("\n", lines);
  }

  private String shuffled(String text) {
    List<String> lines = new ArrayList<>(RawText.lines(text));
    Collections.shuffle(
        lines.subList(upTo(4) == 0 ? 0 : Math.min(1, lines.size()), lines.size()), random);
    return String.join("\n", lines);
  }

  private String firstLineAgain(String text) {
    List<String> lines = new ArrayList<>(RawText.lines(text));
    String first = lines.get(0);
    lines.add(random.nextInt(lines.size()), RawText.marks(first) == 0 ? first : "{}");
    return String.join("\n", lines);
  }

  private String joined(String text) {
    List<String> lines = new ArrayList<>(RawText.lines(text));
    int at = random.nextInt(lines.size());
    if (at + 1 < lines.size()) {
      lines.set(at, lines.get(at) + one("", " ", ",") + lines.remove(at + 1));
    }
    return String.join("\n", lines);
  }

  /** A value that is not a mark becomes another one. */
  private String value(String text) {
    List<String> parts = new ArrayList<>(List.of(text.split("(?<=[,:\n])|(?=[,}\n])", -1)));
    int at = random.nextInt(parts.size());
    boolean isValue =
        !parts.get(at).matches("[,:\\n]|\\{.*|.*:") && RawText.marks(parts.get(at)) == 0;
    if (isValue) {
      boolean isQuoted = parts.get(at).startsWith("\"") && random.nextBoolean();
      parts.set(at, isQuoted ? '"' + Junk.value(random) + '"' : Junk.value(random));
    }
    return String.join("", parts);
  }

  /** Two columns change places: in the first line, in another, or in all but the first. */
  private String swapped(String text) {
    List<String> lines = new ArrayList<>(RawText.lines(text));
    int only = upTo(3) == 0 ? random.nextInt(lines.size()) : -1;
    int from = only >= 0 ? only : upTo(2) == 0 ? 0 : 1;
    int one = upTo(7);
    int other = upTo(7);
    for (int line = from; line < (only >= 0 ? only + 1 : lines.size()); line++) {
      List<String> cells = new ArrayList<>(List.of(lines.get(line).split(",", -1)));
      if (Math.max(one, other) < cells.size()) {
        Collections.swap(cells, one, other);
        lines.set(line, String.join(",", cells));
      }
    }
    return String.join("\n", lines);
  }

  private String keyTwice(String text) {
    int brace = text.indexOf('{', upTo(text.length() + 1));
    String key = one("user", "User", "item", "ITEM", "time", "consent", "sent", "Ref", "");
    String value = one("\"x\"", "1", "null", "[]", "{\"a\":1}");
    return brace < 0 ? text : RawText.insert(text, brace + 1, "\"" + key + "\":" + value + ",");
  }

  private int upTo(int bound) {
    return random.nextInt(bound);
  }

  private String one(String... values) {
    return values[random.nextInt(values.length)];
  }
}
