package dev.nightjar.demo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.nightjar.features.table.EventTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The planted truth of a generated shop, read from its {@code truth} directory; {@link TruthFiles}
 * says what is in each file.
 */
final class DemoTruth {
  private static final int HOURS = 24;

  private final Path directory;
  private final Config settings;
  private final Map<String, double[]> activity = new TreeMap<>();
  private final Map<String, double[]> openProbabilities = new HashMap<>();
  private final Map<String, ZoneId> zones = new HashMap<>();

  private DemoTruth(Path directory) {
    this.directory = directory;
    this.settings = ConfigFactory.parseFile(directory.resolve(TruthFiles.SETTINGS).toFile());
    for (Map<String, String> row : rows(TruthFiles.USERS)) {
      zones.put(row.get("user_id"), ZoneId.of(row.get("zone")));
    }
    for (Map<String, String> row : rows(TruthFiles.CURVES)) {
      int hour = Integer.parseInt(row.get("hour"));
      int at = Boolean.parseBoolean(row.get("is_weekend")) ? HOURS + hour : hour;
      String user = row.get("user_id");
      activity.computeIfAbsent(user, key -> new double[2 * HOURS])[at] =
          Double.parseDouble(row.get("activity"));
      openProbabilities.computeIfAbsent(user, key -> new double[2 * HOURS])[at] =
          Double.parseDouble(row.get("open_probability"));
    }
  }

  /** Reads the truth of the shop generated into {@code directory}. */
  static DemoTruth load(Path directory) {
    return new DemoTruth(directory);
  }

  /** Every user, cold ones included, by id. */
  Set<String> users() {
    return activity.keySet();
  }

  /** Last day of the log, in the shop's zone. */
  LocalDate lastDate() {
    return LocalDate.parse(settings.getString("last_date"));
  }

  /** The shop's zone. */
  ZoneId zone() {
    return ZoneId.of(settings.getString("zone"));
  }

  /** Where the user lives, whatever the shop's file says. */
  ZoneId zone(String user) {
    return zones.get(user);
  }

  /** Share of the day's sessions that begin in a local hour of week; 0 is Monday 00h. */
  double activity(String user, int hourOfWeek) {
    return activity.get(user)[index(hourOfWeek)];
  }

  /** Chance that a push sent in a local hour of week is opened; 0 is Monday 00h. */
  double openProbability(String user, int hourOfWeek) {
    return openProbabilities.get(user)[index(hourOfWeek)];
  }

  /** The hour of a weekday, from 0, at which the user is likeliest to open a push. */
  int peakHour(String user) {
    int peak = 0;
    for (int hour = 1; hour < HOURS; hour++) {
      if (openProbability(user, hour) > openProbability(user, peak)) {
        peak = hour;
      }
    }
    return peak;
  }

  /** Items each user bought within {@code days} days after the last of the log. */
  Map<String, Set<String>> holdoutPurchases(int days) {
    Instant end = lastDate().plusDays(1L + days).atStartOfDay(zone()).toInstant();
    Map<String, Set<String>> bought = new TreeMap<>();
    for (Map<String, String> row : rows(TruthFiles.HOLDOUT_EVENTS)) {
      if (row.get("event_type").equals(EventTypes.PURCHASE)
          && Instant.parse(row.get("event_time")).isBefore(end)) {
        bought.computeIfAbsent(row.get("user_id"), user -> new TreeSet<>()).add(row.get("item_id"));
      }
    }
    return bought;
  }

  /** Mean time between purchases of the items a user buys repeatedly. */
  Map<String, Duration> rhythms(String user) {
    Map<String, Duration> rhythms = new TreeMap<>();
    for (Map<String, String> row : rows(TruthFiles.RHYTHMS)) {
      if (row.get("user_id").equals(user)) {
        double days = Double.parseDouble(row.get("period_days"));
        rhythms.put(row.get("item_id"), Duration.ofSeconds((long) (days * 86_400)));
      }
    }
    return rhythms;
  }

  /** Counts of what the event and push files hold. */
  DemoSummary counts() {
    return DemoSummary.read(directory);
  }

  private static int index(int hourOfWeek) {
    return hourOfWeek < 120 ? hourOfWeek % HOURS : HOURS + hourOfWeek % HOURS;
  }

  private List<Map<String, String>> rows(String file) {
    try {
      List<String> lines = Files.readAllLines(directory.resolve(file));
      String[] header = RawLog.columns(lines.get(0));
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] columns = RawLog.columns(line);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < header.length; i++) {
          row.put(header[i], columns[i]);
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
