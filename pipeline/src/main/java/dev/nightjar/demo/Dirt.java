package dev.nightjar.demo;

import dev.nightjar.demo.chance.Dice;
import dev.nightjar.demo.csv.CsvText;
import dev.nightjar.features.table.EventTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Breaks copies of good rows, each in exactly one way, and counts them by the reason for which a
 * night must refuse them. The good rows are not changed.
 */
final class Dirt {
  private static final long KEY_DIRT = 51;
  private static final long SECONDS_PER_DAY = 86_400;

  /** Ways to break a row, by the reason for its refusal. */
  private enum Defect {
    MALFORMED_ROW,
    UNREADABLE_TIME,
    MISSING_USER,
    MISSING_ITEM,
    UNKNOWN_EVENT_TYPE,
    TIME_IN_FUTURE,
    BEFORE_OPENED,
    TOO_LATE,
    UNREADABLE_NUMBER,
    NEGATIVE_PRICE,
    NON_POSITIVE_QUANTITY,
    DUPLICATE;

    String reason() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<String> WRONG_TIMES =
      List.of("yesterday", "2026-02-30T10:00:00Z", "28.03.2026 10:45", "0");
  private static final List<String> WRONG_TYPES =
      List.of("hover", "impression", "veiw", "wishlist");
  private static final List<String> WRONG_NUMBERS = List.of("n/a", "free", "12..50", "EUR 9");

  private final DemoConfig config;
  private final SortedMap<String, Integer> counts = new TreeMap<>();
  private int broken;

  Dirt(DemoConfig config) {
    this.config = config;
  }

  /** Broken rows so far, by reason. */
  SortedMap<String, Integer> counts() {
    return counts;
  }

  /** Dice for the dirt of one day's file. */
  Dice dice(LocalDate date) {
    return Dice.of(config.seed(), KEY_DIRT, date.toEpochDay());
  }

  /** Notes rows refused for a reason found elsewhere. */
  void count(String reason, int rows) {
    counts.merge(reason, rows, Integer::sum);
  }

  /**
   * Breaks a copy of a good row, with some probability.
   *
   * @param event a good event of the file's day
   * @param today rows of the file, to which a broken one is added
   * @param tomorrow rows of the next day's file, or null where there is none
   */
  void spill(
      EventRow event,
      Dice dice,
      List<Collection<String>> today,
      List<Collection<String>> tomorrow) {
    if (event.item() < 0 || !dice.chance(config.dirtShare())) {
      return;
    }
    Defect[] defects = Defect.values();
    Defect defect = defects[dice.below(defects.length)];
    count(defect.reason(), 1);
    if (defect == Defect.DUPLICATE) {
      boolean isRedelivered = tomorrow != null && dice.chance(0.2);
      (isRedelivered ? tomorrow : today).add(EventRow.COLUMNS.row(event).values());
      return;
    }
    String id = "x" + event.id().substring(1, event.id().indexOf('-')) + "-" + broken++;
    today.add(spoil(EventRow.COLUMNS.row(event.withId(id)), defect, dice));
  }

  private static Collection<String> spoil(Map<String, String> row, Defect defect, Dice dice) {
    switch (defect) {
      case MALFORMED_ROW -> {
        return malformed(row, dice);
      }
      case UNREADABLE_TIME -> row.put(EventRow.EVENT_TIME, oneOf(WRONG_TIMES, dice));
      case MISSING_USER -> row.put(EventRow.USER_ID, dice.chance(0.5) ? "" : "  ");
      case MISSING_ITEM -> row.put(EventRow.ITEM_ID, "");
      case UNKNOWN_EVENT_TYPE -> row.put(EventRow.EVENT_TYPE, oneOf(WRONG_TYPES, dice));
      case TIME_IN_FUTURE -> move(row, 3 + dice.below(300));
      case BEFORE_OPENED -> row.put(EventRow.EVENT_TIME, CsvText.time(dice.below(1_000_000)));
      case TOO_LATE -> move(row, -20 - dice.below(30));
      case UNREADABLE_NUMBER -> row.put(EventRow.PRICE, oneOf(WRONG_NUMBERS, dice));
      case NEGATIVE_PRICE -> row.put(EventRow.PRICE, "-" + row.get(EventRow.PRICE));
      case NON_POSITIVE_QUANTITY -> {
        row.put(EventRow.EVENT_TYPE, EventTypes.CART);
        row.put(EventRow.QUANTITY, dice.chance(0.5) ? "0" : "-1");
      }
      case DUPLICATE -> throw new IllegalStateException("a duplicate is not altered");
    }
    return row.values();
  }

  /** A truncated row, or one with an unquoted comma: one column too many. */
  private static List<String> malformed(Map<String, String> row, Dice dice) {
    if (dice.chance(0.3)) {
      List<String> columns = new ArrayList<>();
      row.forEach(
          (name, value) ->
              columns.addAll(
                  name.equals(EventRow.QUERY) ? List.of("one", " two") : List.of(value)));
      return columns;
    }
    return List.copyOf(row.values()).subList(0, 2 + dice.below(8));
  }

  private static void move(Map<String, String> row, int days) {
    long moved =
        Instant.parse(row.get(EventRow.EVENT_TIME)).getEpochSecond() + days * SECONDS_PER_DAY;
    row.put(EventRow.EVENT_TIME, CsvText.time(moved));
  }

  private static String oneOf(List<String> texts, Dice dice) {
    return texts.get(dice.below(texts.size()));
  }
}
