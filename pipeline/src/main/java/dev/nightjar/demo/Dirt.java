package dev.nightjar.demo;

import dev.nightjar.features.table.EventTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Breaks copies of good rows, each in exactly one way, and counts them by the reason for which a
 * night must refuse them. The good rows stay as they are.
 */
final class Dirt {
  private static final long KEY_DIRT = 51;
  private static final long SECONDS_PER_DAY = 86_400;

  /** Ways to break a row, by the reason it is refused for. */
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
      return name().toLowerCase(java.util.Locale.ROOT);
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

  /** Rows to be refused so far, by reason. */
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
   * Perhaps breaks a copy of a good row.
   *
   * @param columns a good row of the file's day
   * @param today lines of the file, to which a broken row is added
   * @param tomorrow lines of the next day's file, or null where there is none
   */
  void spill(String[] columns, Dice dice, List<String> today, List<String> tomorrow) {
    boolean hasItem = !columns[2].isEmpty();
    if (!hasItem || !dice.chance(config.dirtShare())) {
      return;
    }
    Defect[] defects = Defect.values();
    Defect defect = defects[dice.below(defects.length)];
    counts.merge(defect.reason(), 1, Integer::sum);
    if (defect == Defect.DUPLICATE) {
      boolean isRedelivered = tomorrow != null && dice.chance(0.2);
      (isRedelivered ? tomorrow : today).add(CsvFile.line(columns));
      return;
    }
    String[] row = columns.clone();
    row[0] = "x" + columns[0].substring(1, columns[0].indexOf('-')) + "-" + broken++;
    today.add(spoil(row, defect, dice));
  }

  private static String spoil(String[] row, Defect defect, Dice dice) {
    switch (defect) {
      case MALFORMED_ROW -> {
        return malformed(row, dice);
      }
      case UNREADABLE_TIME -> row[4] = WRONG_TIMES.get(dice.below(WRONG_TIMES.size()));
      case MISSING_USER -> row[1] = dice.chance(0.5) ? "" : "  ";
      case MISSING_ITEM -> row[2] = "";
      case UNKNOWN_EVENT_TYPE -> row[3] = WRONG_TYPES.get(dice.below(WRONG_TYPES.size()));
      case TIME_IN_FUTURE -> row[4] = moved(row[4], 3 + dice.below(300));
      case BEFORE_OPENED -> row[4] = CsvFile.time(dice.below(1_000_000));
      case TOO_LATE -> row[4] = moved(row[4], -20 - dice.below(30));
      case UNREADABLE_NUMBER -> row[6] = WRONG_NUMBERS.get(dice.below(WRONG_NUMBERS.size()));
      case NEGATIVE_PRICE -> row[6] = "-" + row[6];
      case NON_POSITIVE_QUANTITY -> {
        row[3] = EventTypes.CART;
        row[7] = dice.chance(0.5) ? "0" : "-1";
      }
      case DUPLICATE -> throw new IllegalStateException("a duplicate is not spoilt");
    }
    return CsvFile.line(row);
  }

  /** A row cut short, or one with a comma that should have been quoted. */
  private static String malformed(String[] row, Dice dice) {
    if (dice.chance(0.3)) {
      row[9] = "one, two";
      return String.join(",", row);
    }
    List<String> left = new ArrayList<>(List.of(row).subList(0, 2 + dice.below(8)));
    return CsvFile.line(left.toArray(String[]::new));
  }

  private static String moved(String time, int days) {
    return CsvFile.time(Instant.parse(time).getEpochSecond() + days * SECONDS_PER_DAY);
  }
}
