package dev.nightjar.features.clean;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;
import java.util.Locale;

/**
 * Settings under {@code clean}.
 *
 * @param historyDays days of events that a night looks back on, the night's day included
 * @param lateDays days before the night that are read again for late rows
 * @param maxRejectShare share of refused rows above which the night stops, 0 to 1
 * @param botViewsPerMinute views and searches of a user in one minute above which those of that
 *     minute are a bot's
 * @param botViewsPerDay views and searches of a user in one day above which those of that day are a
 *     bot's
 * @param sessionGapMinutes minutes without an event of the user after which a session ends
 * @param minPrice lowest price that is accepted, in the shop's currency
 * @param duplicates what an equal row without an event id is
 */
public record CleanConfig(
    int historyDays,
    int lateDays,
    double maxRejectShare,
    int botViewsPerMinute,
    int botViewsPerDay,
    int sessionGapMinutes,
    double minPrice,
    Duplicates duplicates) {

  /** What a row is that equals another of the same second, where the shop gives no event id. */
  public enum Duplicates {
    /** The same event delivered twice: one is kept, the others are refused. */
    REJECT,
    /** Another line of the same basket: all are kept, and their quantities add up. */
    KEEP;

    static Duplicates of(String text, Problems problems) {
      for (Duplicates value : values()) {
        if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
          return value;
        }
      }
      problems.add("clean.duplicates must be reject or keep, got " + text);
      return REJECT;
    }
  }

  public CleanConfig {
    Problems problems = new Problems();
    problems.require(historyDays >= 1, "clean.history_days must be 1 or more, got " + historyDays);
    problems.require(
        lateDays >= 0 && lateDays < historyDays,
        "clean.late_days must be 0 or more and below clean.history_days, got " + lateDays);
    problems.require(
        maxRejectShare >= 0 && maxRejectShare <= 1,
        "clean.max_reject_share must lie in 0 to 1, got " + maxRejectShare);
    problems.require(
        botViewsPerMinute >= 1,
        "clean.bot_views_per_minute must be 1 or more, got " + botViewsPerMinute);
    problems.require(
        botViewsPerDay >= 1, "clean.bot_views_per_day must be 1 or more, got " + botViewsPerDay);
    problems.require(
        sessionGapMinutes >= 1,
        "clean.session_gap_minutes must be 1 or more, got " + sessionGapMinutes);
    problems.require(minPrice >= 0, "clean.min_price must be 0 or more, got " + minPrice);
    problems.throwIfAny();
  }

  /**
   * Reads {@code clean}.
   *
   * @throws dev.nightjar.features.config.ConfigProblems naming everything that is wrong
   */
  public static CleanConfig from(Config clean) {
    Problems problems = new Problems();
    Duplicates duplicates = Duplicates.of(clean.getString("duplicates"), problems);
    CleanConfig[] config = new CleanConfig[1];
    problems.collect(
        () ->
            config[0] =
                new CleanConfig(
                    clean.getInt("history_days"),
                    clean.getInt("late_days"),
                    clean.getDouble("max_reject_share"),
                    clean.getInt("bot_views_per_minute"),
                    clean.getInt("bot_views_per_day"),
                    clean.getInt("session_gap_minutes"),
                    clean.getDouble("min_price"),
                    duplicates));
    problems.throwIfAny();
    return config[0];
  }
}
