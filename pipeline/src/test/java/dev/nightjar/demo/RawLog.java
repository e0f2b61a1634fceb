package dev.nightjar.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the event files again and counts what is wrong with them, by the rules of a night. */
final class RawLog {
  private static final Set<String> TYPES =
      Set.of("view", "search", "favorite", "cart", "purchase", "return", "rating", "app_open");
  private static final int LATE_DAYS = 2;
  private static final int VIEWS_PER_MINUTE = 100;
  private static final int VIEWS_PER_DAY = 3000;

  /** A row that a night keeps, with the day of its file. */
  record Kept(LocalDate file, LocalDate day, Instant time, List<String> columns) {}

  final Map<String, Long> rejected = new TreeMap<>();
  final List<Kept> kept = new ArrayList<>();
  long rows;
  private final ZoneId zone;
  private final LocalDate opened;

  RawLog(Path directory, ZoneId zone, LocalDate opened) throws IOException {
    this.zone = zone;
    this.opened = opened;
    List<Kept> single = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    try (Stream<Path> files = Files.list(directory.resolve("events"))) {
      for (Path file : files.sorted().toList()) {
        LocalDate day = LocalDate.parse(file.getFileName().toString().replace(".csv", ""));
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
          read(line, day, ids, single);
        }
      }
    }
    leaveOutBots(single);
  }

  private void read(String line, LocalDate file, Set<String> ids, List<Kept> single) {
    rows++;
    String[] columns = columns(line);
    List<String> defects = defects(columns, file);
    if (defects.size() > 1) {
      throw new AssertionError(defects + " in " + line);
    }
    if (defects.isEmpty() && !ids.add(columns[0])) {
      defects = List.of("duplicate");
    }
    if (defects.isEmpty()) {
      Instant time = Instant.parse(columns[4]);
      single.add(new Kept(file, LocalDate.ofInstant(time, zone), time, List.of(columns)));
    } else {
      rejected.merge(defects.get(0), 1L, Long::sum);
    }
  }

  private List<String> defects(String[] columns, LocalDate file) {
    if (columns.length != 12) {
      return List.of("malformed_row");
    }
    List<String> defects = new ArrayList<>();
    try {
      LocalDate day = LocalDate.ofInstant(Instant.parse(columns[4]), zone);
      if (day.isAfter(file)) {
        defects.add("time_in_future");
      } else if (day.isBefore(opened)) {
        defects.add("before_opened");
      } else if (day.isBefore(file.minusDays(LATE_DAYS))) {
        defects.add("too_late");
      }
    } catch (DateTimeParseException unreadable) {
      defects.add("unreadable_time");
    }
    if (columns[1].isBlank()) {
      defects.add("missing_user");
    }
    if (columns[2].isBlank() && !Set.of("search", "app_open").contains(columns[3])) {
      defects.add("missing_item");
    }
    if (!TYPES.contains(columns[3])) {
      defects.add("unknown_event_type");
    }
    numbers(columns, defects);
    return defects;
  }

  private static void numbers(String[] columns, List<String> defects) {
    try {
      if (!columns[6].isEmpty() && Double.parseDouble(columns[6]) < 0) {
        defects.add("negative_price");
      }
      if (!columns[7].isEmpty() && Integer.parseInt(columns[7]) <= 0) {
        defects.add("non_positive_quantity");
      }
      if (!columns[8].isEmpty()) {
        Double.parseDouble(columns[8]);
      }
    } catch (NumberFormatException unreadable) {
      defects.add("unreadable_number");
    }
  }

  private void leaveOutBots(List<Kept> single) {
    Map<String, Integer> views = new HashMap<>();
    for (Kept row : single) {
      if (row.columns().get(3).equals("view")) {
        views.merge(minute(row), 1, Integer::sum);
        views.merge(row.columns().get(1) + row.day(), 1, Integer::sum);
      }
    }
    for (Kept row : single) {
      boolean isBot =
          row.columns().get(3).equals("view")
              && (views.get(minute(row)) > VIEWS_PER_MINUTE
                  || views.get(row.columns().get(1) + row.day()) > VIEWS_PER_DAY);
      if (isBot) {
        rejected.merge("bot", 1L, Long::sum);
      } else {
        kept.add(row);
      }
    }
  }

  private static String minute(Kept row) {
    return row.columns().get(1) + "@" + row.time().getEpochSecond() / 60;
  }

  /** Splits at commas outside quotes. */
  static String[] columns(String line) {
    List<String> columns = new ArrayList<>();
    StringBuilder column = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == ',' && !isQuoted) {
        columns.add(column.toString());
        column.setLength(0);
      } else {
        column.append(c);
      }
    }
    columns.add(column.toString());
    return columns.toArray(String[]::new);
  }
}
