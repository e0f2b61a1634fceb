package dev.nightjar.features.refuse;

import dev.nightjar.features.DataException;
import dev.nightjar.features.Plural;
import dev.nightjar.features.source.InputTable;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many checked rows there are, by input, day, reason and file. Of the rows themselves nothing
 * is shown, since they are about people: a file and the number of a row lead to them.
 *
 * @param cells one for each combination that occurs, most rows first
 */
public record RuleCounts(List<Cell> cells) {
  private static final int REASONS_SHOWN = 3;
  private static final double MOST_OF_A_FILE = 0.5;
  private static final Pattern UNREADABLE_TIME = Pattern.compile("unreadable_\\w+_at");
  private static final Pattern UNREADABLE_OUTCOME =
      Pattern.compile("unreadable_(unsubscribed|bounced)_at");
  private static final Comparator<Cell> MOST_FIRST =
      Comparator.comparing(Cell::rows)
          .reversed()
          .thenComparing(Cell::input)
          .thenComparing(Cell::day)
          .thenComparing(cell -> cell.reason().orElse(""))
          .thenComparing(Cell::file);

  /**
   * Rows of one input, day, reason and file.
   *
   * @param reason the rule they broke; empty where they broke none
   * @param isRefused whether that rule refuses them
   * @param digest order-free digest of what is stored of them
   * @param file where they were read from; empty where it is not known
   * @param row number of the first of them in its file, from 1 for the row after the header; empty
   *     where it is not known
   */
  public record Cell(
      InputTable input,
      LocalDate day,
      Optional<String> reason,
      boolean isRefused,
      long rows,
      long digest,
      String file,
      OptionalLong row) {
    private boolean isMalformed() {
      return isRefused && reason.equals(Optional.of(Rules.MALFORMED));
    }

    private String example() {
      return row.isPresent() ? "row %,d of %s".formatted(row.getAsLong(), file) : "one in " + file;
    }
  }

  public RuleCounts {
    cells = cells.stream().sorted(MOST_FIRST).toList();
  }

  /** The counts of one day. */
  public RuleCounts on(LocalDate day) {
    return only(cell -> cell.day().equals(day));
  }

  /** The counts of one input. */
  public RuleCounts ofInput(InputTable input) {
    return only(cell -> cell.input() == input);
  }

  /** The counts of the rows that no rule refuses. */
  public RuleCounts kept() {
    return only(cell -> !cell.isRefused());
  }

  /** The counts of the rows that a rule refuses. */
  public RuleCounts refused() {
    return only(Cell::isRefused);
  }

  /** The counts of the rows that broke a rule, whether it refuses them or blanks a value. */
  public RuleCounts broken() {
    return only(cell -> cell.reason().isPresent());
  }

  /** The counts of the rows that were not refused for one of these reasons. */
  public RuleCounts without(Set<String> reasons) {
    return only(cell -> cell.reason().filter(reasons::contains).isEmpty());
  }

  private RuleCounts only(Predicate<Cell> isWanted) {
    return new RuleCounts(cells.stream().filter(isWanted).toList());
  }

  /** How many rows. */
  public long rows() {
    return cells.stream().mapToLong(Cell::rows).sum();
  }

  /** Order-free digest of what is stored of the rows. */
  public String digest() {
    return Long.toHexString(
        cells.stream()
            .mapToLong(cell -> cell.digest() * 31 + cell.reason().orElse("").hashCode())
            .sum());
  }

  /**
   * Stops a night that would use only part of an input: it might push users that it must not.
   *
   * @param which what is counted, such as {@code sources.pushes}
   * @param maxShare {@code clean.max_reject_share}
   * @throws DataException where more than that share of the rows is refused
   */
  public void requireFewRefused(String which, double maxShare) {
    long refused = refused().rows();
    double share = rows() == 0 ? 0 : (double) refused / rows();
    if (share > maxShare) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%,d of %s of %s %s refused, a share of %.3f; clean.max_reject_share is %s: %s; fix the source, or raise the limit if this shop's files are like that",
              refused,
              Plural.of(rows(), "row"),
              which,
              refused == 1 ? "is" : "are",
              share,
              maxShare,
              refused()
                  .byReason()
                  .limit(REASONS_SHOWN)
                  .map(
                      cell ->
                          String.format(
                              Locale.ROOT,
                              "%s %,d, such as %s",
                              cell.reason().orElseThrow(),
                              cell.rows(),
                              cell.example()))
                  .collect(Collectors.joining("; "))));
    }
  }

  /**
   * Stops a night nearly all of whose events are no customer's: the mapping misses the user.
   *
   * @param reasons for which they are refused
   * @param maxShare {@code clean.max_guest_share}
   */
  public void requireFewGuests(Set<String> reasons, double maxShare) {
    long guests = rows() - without(reasons).rows();
    if (guests > maxShare * rows()) {
      throw new DataException(
          "%,d of %s of sources.events have no user, or a bot; clean.max_guest_share is %s: check columns.user_id, or raise the limit if nearly all of this shop's visitors are like that"
              .formatted(guests, Plural.of(rows(), "row"), maxShare));
    }
  }

  /**
   * Stops a night one of whose files has no row that can be split: it is of another format, or a
   * page of a web server under the file's name, and what it should have said is not known.
   *
   * @param which what is counted, such as {@code sources.pushes}
   */
  public void requireReadableFiles(String which) {
    byFile()
        .forEach(
            (file, counts) -> {
              if (counts.cells.stream().allMatch(Cell::isMalformed) && !file.isEmpty()) {
                throw new DataException(
                    "%s: none of the %s of %s can be read: it is of another format, or an error page; deliver it again"
                        .formatted(which, Plural.of(counts.rows(), "row"), file));
              }
            });
  }

  /**
   * Stops a night in which a row was refused for a reason that may hide what it, or others, said.
   *
   * @param which what is counted, such as {@code sources.pushes}
   */
  public void requireNone(String which, String reason) {
    requireNone(
        which,
        reason,
        "nobody can tell whom not to push; mend the file, or the options of the source");
  }

  /**
   * Stops a night one of whose files names its columns again in another order: what is below would
   * be read by the wrong ones.
   *
   * @param which what is counted, such as {@code sources.pushes}
   */
  public void requireOneOrder(String which) {
    requireNone(
        which,
        Rules.REORDERED,
        "the rows below it have their columns in another order than the file; deliver them as a file of their own");
  }

  private void requireNone(String which, String reason, String therefore) {
    byReason()
        .filter(cell -> cell.reason().orElse("").equals(reason))
        .findFirst()
        .ifPresent(
            cell -> {
              throw new DataException(
                  "%s: %s with %s, such as %s: %s"
                      .formatted(
                          which, Plural.of(cell.rows(), "row"), reason, cell.example(), therefore));
            });
  }

  /**
   * Stops a night in which one column of times cannot be read in a large share of an input's rows,
   * or those of who left in most rows of one of its files.
   *
   * @param which what is counted, such as {@code sources.pushes}
   * @param maxShare {@code clean.max_reject_share}
   */
  public void requireReadableTimes(String which, double maxShare) {
    requireReadable(UNREADABLE_TIME, which, maxShare, Math.max(1, maxShare * rows()));
    byFile()
        .forEach(
            (file, counts) -> {
              double most = Math.max(2, Math.max(maxShare, MOST_OF_A_FILE) * counts.rows());
              counts.requireReadable(UNREADABLE_OUTCOME, which + ", " + file, maxShare, most);
            });
  }

  private void requireReadable(Pattern time, String which, double maxShare, double most) {
    byReason()
        .filter(cell -> time.matcher(cell.reason().orElse("")).matches())
        .filter(cell -> cell.rows() > most)
        .findFirst()
        .ifPresent(
            cell -> {
              throw new DataException(
                  "%,d of %s of %s are %s, such as %s; clean.max_reject_share is %s: the column is of another format than the mapping says; correct its expression, so that what stands for no time is null"
                      .formatted(
                          cell.rows(),
                          Plural.of(rows(), "row"),
                          which,
                          cell.reason().orElseThrow(),
                          cell.example(),
                          maxShare));
            });
  }

  /** A line for each rule of {@code rules} that rows of its input broke. */
  public List<String> notes(Rules rules) {
    return ofInput(rules.input())
        .broken()
        .byReason()
        .flatMap(
            cell -> rules.rule(cell.reason().orElseThrow()).stream().map(rule -> note(cell, rule)))
        .toList();
  }

  private static String note(Cell cell, Rule rule) {
    return "%s: %s with %s (%s), such as %s; %s in rejected_rows"
        .formatted(
            cell.input().key(),
            Plural.of(cell.rows(), "row"),
            rule.reason(),
            rule.words(),
            cell.example(),
            cell.rows() == 1 ? "it is" : "all are");
  }

  private Map<String, RuleCounts> byFile() {
    return cells.stream()
        .collect(
            Collectors.groupingBy(
                Cell::file,
                TreeMap::new,
                Collectors.collectingAndThen(Collectors.toList(), RuleCounts::new)));
  }

  /** One cell for each reason, whatever the day. */
  private Stream<Cell> byReason() {
    return cells.stream()
        .collect(Collectors.toMap(cell -> cell.reason(), cell -> cell, RuleCounts::plus))
        .values()
        .stream()
        .sorted(MOST_FIRST);
  }

  private static Cell plus(Cell one, Cell other) {
    Cell first = one.file().compareTo(other.file()) <= 0 ? one : other;
    return new Cell(
        one.input(),
        one.day(),
        one.reason(),
        one.isRefused(),
        one.rows() + other.rows(),
        one.digest() + other.digest(),
        first.file(),
        first.row());
  }
}
