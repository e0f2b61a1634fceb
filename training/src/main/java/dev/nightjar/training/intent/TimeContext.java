package dev.nightjar.training.intent;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.Locales;
import dev.nightjar.features.Snapshot;
import dev.nightjar.features.query.Parameter;
import dev.nightjar.features.table.Users;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the calendar says about the days after a moment. It is known in advance, except for the few
 * days of mourning or celebration that were proclaimed at short notice and are in today's
 * calendars.
 */
final class TimeContext {
  /** Weekday of the first day after the moment, 1 (Monday) to 7. */
  static final String WEEKDAY = "time_weekday";

  /** Sine of that day's place in the year. */
  static final String SEASON_SIN = "time_season_sin";

  /** Cosine of that day's place in the year. */
  static final String SEASON_COS = "time_season_cos";

  /**
   * Public holidays of the user's whole country, not of parts of it, in the next 14 days; null
   * where the country has no calendar.
   */
  static final String HOLIDAYS_14D = "time_holidays_14d";

  /** Days to the next one within 60; null without one. */
  static final String DAYS_TO_HOLIDAY = "time_days_to_holiday";

  static final List<String> NAMES =
      List.of(WEEKDAY, SEASON_SIN, SEASON_COS, HOLIDAYS_14D, DAYS_TO_HOLIDAY);

  private static final String COUNTRY = "country";
  private static final int NEAR_DAYS = 14;
  private static final int FAR_DAYS = 60;

  /** Jollyday's calendars: <a href="https://github.com/focus-shift/jollyday">its countries</a>. */
  private static final Set<String> CALENDARS = HolidayManager.getSupportedCalendarCodes();

  private TimeContext() {}

  /** {@code user_id} and {@link #NAMES}: one row per user of the snapshot. */
  static Dataset<Row> ofUsers(Snapshot snapshot) {
    LocalDate tomorrow = snapshot.asOf().date().plusDays(1);
    double turn = 2 * Math.PI * tomorrow.getDayOfYear() / tomorrow.lengthOfYear();
    return snapshot
        .users()
        .select(col(Users.USER_ID), Locales.country(col(Users.LOCALE)).as(COUNTRY))
        .join(broadcast(countries(snapshot)), new String[] {COUNTRY}, "left_outer")
        .select(
            col(Users.USER_ID),
            Parameter.of(tomorrow.getDayOfWeek().getValue()).as(WEEKDAY),
            Parameter.of(Math.sin(turn)).as(SEASON_SIN),
            Parameter.of(Math.cos(turn)).as(SEASON_COS),
            col(HOLIDAYS_14D),
            col(DAYS_TO_HOLIDAY));
  }

  private static Dataset<Row> countries(Snapshot snapshot) {
    List<Row> rows =
        snapshot
            .users()
            .select(Locales.country(col(Users.LOCALE)))
            .distinct()
            .as(Encoders.STRING())
            .collectAsList()
            .stream()
            .filter(country -> country != null && CALENDARS.contains(country))
            .map(country -> holidays(country, snapshot.asOf()))
            .toList();
    return snapshot
        .users()
        .sparkSession()
        .createDataFrame(
            rows,
            new StructType()
                .add(COUNTRY, DataTypes.StringType, false)
                .add(HOLIDAYS_14D, DataTypes.LongType, false)
                .add(DAYS_TO_HOLIDAY, DataTypes.LongType, true));
  }

  private static Row holidays(String country, AsOf asOf) {
    LocalDate today = asOf.date();
    List<Long> days =
        HolidayManager.getInstance(ManagerParameters.create(country.toLowerCase(Locale.ROOT)))
            .getHolidays(today.plusDays(1), today.plusDays(FAR_DAYS), HolidayType.PUBLIC_HOLIDAY)
            .stream()
            .map(Holiday::getDate)
            .distinct()
            .map(day -> day.toEpochDay() - today.toEpochDay())
            .sorted()
            .toList();
    return RowFactory.create(
        country,
        days.stream().filter(day -> day <= NEAR_DAYS).count(),
        days.isEmpty() ? null : days.get(0));
  }
}
