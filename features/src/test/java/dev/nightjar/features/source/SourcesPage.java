package dev.nightjar.features.source;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.Soak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** The table of docs/sources.md: what comes, and what happens then. */
public final class SourcesPage {
  private static final Path PAGE = Path.of("..", "docs", "sources.md");
  private static final String HEAD = "| what comes | what happens | reason or message |";
  private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");

  /**
   * A line of the table, without its backquotes.
   *
   * @param group the heading above it
   * @param comes what comes
   * @param happens what happens
   * @param words reasons or messages, of which any may be told; empty where nothing is
   */
  public record Line(String group, String comes, String happens, List<String> words) {}

  /**
   * What became of an example.
   *
   * @param verdict how the line begins that tells so
   * @param words reasons or a message
   */
  public record Outcome(String verdict, List<String> words) {}

  private SourcesPage() {}

  /** Every line, in order. */
  public static List<Line> lines() {
    String page;
    try {
      page = Files.readString(PAGE);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
    String table = page.substring(page.indexOf(HEAD));
    String group = "";
    List<Line> lines = new ArrayList<>();
    for (String text : table.lines().skip(2).takeWhile(line -> line.startsWith("|")).toList()) {
      String[] cells = text.split(" ?\\| ?", -1);
      if (cells[1].startsWith("**")) {
        group = cells[1].replace("*", "");
      } else {
        List<String> words = QUOTED.matcher(cells[3]).results().map(word -> word.group(1)).toList();
        lines.add(new Line(group, plain(cells[1]), plain(cells[2]), words));
      }
    }
    return lines;
  }

  private static String plain(String cell) {
    return cell.replace("`", "").strip();
  }

  /**
   * A test for each line of some groups, which fails where the examples of the line show anything
   * else, and one that fails where an example has no line.
   *
   * @param examples by what comes
   */
  public static Stream<DynamicTest> tests(
      Predicate<String> isWanted, Map<String, ? extends List<ThrowingSupplier<Outcome>>> examples) {
    List<Line> lines = lines().stream().filter(line -> isWanted.test(line.group())).toList();
    List<String> known = lines.stream().map(Line::comes).toList();
    DynamicTest all =
        DynamicTest.dynamicTest(
            "each example has a line, and the lines differ",
            () -> {
              TreeSet<String> unknown = new TreeSet<>(examples.keySet());
              known.forEach(unknown::remove);
              assertTrue(unknown.isEmpty(), "docs/sources.md lacks " + unknown);
              assertTrue(new TreeSet<>(known).size() == known.size(), "twice in " + known);
            });
    return Stream.concat(
        Stream.of(all),
        lines.stream()
            .filter(line -> Soak.Share.runs(line.comes()))
            .map(
                line ->
                    DynamicTest.dynamicTest(
                        line.group() + ": " + line.comes(),
                        () -> check(line, examples.get(line.comes())))));
  }

  private static void check(Line line, List<ThrowingSupplier<Outcome>> examples) throws Throwable {
    assertTrue(examples != null && !examples.isEmpty(), "no example of " + line);
    TreeSet<String> untold = new TreeSet<>(line.words());
    for (ThrowingSupplier<Outcome> example : examples) {
      Outcome outcome = example.get();
      String happens = line.happens().replaceFirst("^mended", "read");
      assertTrue(happens.startsWith(outcome.verdict()), line + " but " + outcome);
      List<String> told =
          line.words().stream()
              .filter(word -> outcome.words().stream().anyMatch(tells(word)))
              .toList();
      assertTrue(line.words().isEmpty() || !told.isEmpty(), line + " but " + outcome);
      untold.removeAll(told);
    }
    assertTrue(untold.isEmpty(), "no example of " + line + " tells " + untold);
  }

  /** {@code <column>} stands for a name, three dots for anything. */
  private static Predicate<String> tells(String word) {
    StringBuilder regex = new StringBuilder();
    Matcher open = Pattern.compile("<[a-z]+>|\\.\\.\\.").matcher(word);
    int end = 0;
    while (open.find()) {
      regex.append(Pattern.quote(word.substring(end, open.start())));
      regex.append(open.group().startsWith("<") ? "\\w+" : ".*");
      end = open.end();
    }
    regex.append(Pattern.quote(word.substring(end)));
    return Pattern.compile(regex.toString(), Pattern.DOTALL).asPredicate();
  }
}
