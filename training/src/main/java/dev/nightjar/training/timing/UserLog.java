package dev.nightjar.training.timing;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * One user's sessions and pushes, both in order of their local day.
 *
 * @param userId the user's id
 * @param region index of the user's region, {@link Regions#SHOP} for none
 * @param isSampled whether strengths are fitted on this user
 * @param days local epoch day of each session hour
 * @param hours local hour of week of each session hour
 * @param pushes pushes whose outcome is known
 */
record UserLog(String userId, int region, boolean isSampled, int[] days, int[] hours, Push[] pushes)
    implements Serializable {

  /**
   * One push whose outcome is known.
   *
   * @param day local epoch day it was sent
   * @param knownDay local epoch day its outcome was known
   * @param hour local hour of week it was sent
   * @param isOpened whether it was opened within the window
   * @param inversePropensity clipped 1/propensity, 1 where the log has none
   */
  record Push(int day, int knownDay, int hour, boolean isOpened, double inversePropensity)
      implements Serializable {
    static Push of(Row push) {
      return new Push(
          push.getAs(UserLogs.DAY),
          push.getAs(UserLogs.KNOWN_DAY),
          push.getAs(UserLogs.HOUR),
          push.getAs(UserLogs.IS_OPENED),
          push.getAs(UserLogs.INVERSE_PROPENSITY));
    }
  }

  /** Reads a row of {@link UserLogs}. */
  static UserLog of(Row row) {
    List<Integer> sessions = row.getList(row.fieldIndex(UserLogs.SESSION_HOURS));
    int[] days = new int[sessions.size()];
    int[] hours = new int[sessions.size()];
    for (int i = 0; i < days.length; i++) {
      days[i] = Math.floorDiv(sessions.get(i), HourKernel.HOURS_OF_WEEK);
      hours[i] = Math.floorMod(sessions.get(i), HourKernel.HOURS_OF_WEEK);
    }
    List<Row> sent = row.getList(row.fieldIndex(UserLogs.PUSHES));
    Push[] pushes = new Push[sent.size()];
    for (int i = 0; i < pushes.length; i++) {
      pushes[i] = Push.of(sent.get(i));
    }
    return new UserLog(
        row.getString(row.fieldIndex(UserLogs.USER_ID)),
        row.getInt(row.fieldIndex(UserLogs.REGION)),
        row.getBoolean(row.fieldIndex(UserLogs.IS_SAMPLED)),
        days,
        hours,
        pushes);
  }

  /** What was known at the start of {@code day}. */
  UserLog before(int day) {
    int sessions = 0;
    while (sessions < days.length && days[sessions] < day) {
      sessions++;
    }
    Push[] known = Arrays.stream(pushes).filter(push -> push.knownDay() < day).toArray(Push[]::new);
    return new UserLog(
        userId,
        region,
        isSampled,
        Arrays.copyOf(days, sessions),
        Arrays.copyOf(hours, sessions),
        known);
  }

  /** First and last days. */
  Days range() {
    return new Days(
        days.length > 0 ? days[0] : Days.NONE.firstSession(),
        days.length > 0 ? days[days.length - 1] : Days.NONE.lastSession(),
        pushes.length > 0 ? pushes[0].day() : Days.NONE.firstPush(),
        pushes.length > 0 ? pushes[pushes.length - 1].day() : Days.NONE.lastPush());
  }

  /**
   * First and last local epoch day of sessions and pushes; the first is after the last where there
   * are none.
   */
  record Days(int firstSession, int lastSession, int firstPush, int lastPush)
      implements Serializable {
    /** The span without sessions and pushes. */
    static final Days NONE =
        new Days(Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE);

    /** The smallest span that holds both. */
    Days and(Days other) {
      return new Days(
          Math.min(firstSession, other.firstSession),
          Math.max(lastSession, other.lastSession),
          Math.min(firstPush, other.firstPush),
          Math.max(lastPush, other.lastPush));
    }

    boolean hasAny() {
      return hasPushes() || firstSession <= lastSession;
    }

    private boolean hasPushes() {
      return firstPush <= lastPush;
    }

    /** First day of the pushes, or of the sessions where there is no push. */
    int first() {
      return hasPushes() ? firstPush : firstSession;
    }

    /** Last day of the pushes, or of the sessions where there is no push. */
    int last() {
      return hasPushes() ? lastPush : lastSession;
    }
  }
}
