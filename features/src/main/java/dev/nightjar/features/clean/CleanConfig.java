package dev.nightjar.features.clean;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;

import dev.nightjar.features.config.Problems;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;

/**
 * Settings under {@code clean}.
 *
 * @param historyDays days of events that a night looks back on, the night's day included
 * @param lateDays days before the night that are read again for late rows
 * @param maxRejectShare share of refused rows above which the night stops, 0 to 1
 * @param maxGuestShare share of events without a user above which the night stops, 0 to 1
 * @param botViewsPerMinute views and searches of a user in one minute above which those of that
 *     minute are a bot's
 * @param botViewsPerDay views and searches of a user in one day above which those of that day are a
 *     bot's
 * @param sessionGapMinutes minutes without an event of the user after which a session ends
 * @param minPrice lowest price that is accepted, in the shop's currency
 * @param duplicates how to treat equal rows without an event id
 * @param notAUser what stands for nobody in a column of users, in any case
 */
public record CleanConfig(
    int historyDays,
    int lateDays,
    double maxRejectShare,
    double maxGuestShare,
    int botViewsPerMinute,
    int botViewsPerDay,
    int sessionGapMinutes,
    double minPrice,
    Duplicates duplicates,
    List<String> notAUser) {

  /** How to treat a row that equals another of the same second, where the shop has no event id. */
  public enum Duplicates {
    /** The same event delivered twice: one is kept, the others are refused. */
    REJECT,
    /** Another line of the same basket: all are kept, and their quantities add up. */
    KEEP
  }

  public CleanConfig {
    new Problems()
        .require(historyDays >= 1, "history_days", "must be 1 or more", historyDays)
        .require(
            lateDays >= 0 && lateDays < historyDays,
            "late_days",
            "must be 0 or more and below {history_days}",
            lateDays)
        .require(
            maxRejectShare >= 0 && maxRejectShare <= 1,
            "max_reject_share",
            "must be between 0 and 1",
            maxRejectShare)
        .require(
            maxGuestShare >= 0 && maxGuestShare <= 1,
            "max_guest_share",
            "must be between 0 and 1",
            maxGuestShare)
        .require(
            botViewsPerMinute >= 1, "bot_views_per_minute", "must be 1 or more", botViewsPerMinute)
        .require(botViewsPerDay >= 1, "bot_views_per_day", "must be 1 or more", botViewsPerDay)
        .require(
            sessionGapMinutes >= 1, "session_gap_minutes", "must be 1 or more", sessionGapMinutes)
        .require(minPrice >= 0, "min_price", "must be 0 or more", minPrice)
        .throwIfAny();
  }

  /** True where an id stands for nobody. */
  public Column isNobody(Column user) {
    Object[] words = notAUser.stream().map(word -> word.toLowerCase(Locale.ROOT)).toArray();
    return coalesce(lower(user).isin(words), lit(false));
  }

  /** The first of the days that a night looks back on. */
  public LocalDate firstDay(LocalDate night) {
    return night.minusDays(historyDays - 1L);
  }
}
