package dev.nightjar.training.timing;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/** One user's sessions and pushes, both in order of their local day. */
final class History implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String userId;
  private final int segment;
  private final boolean isSampled;
  private final int[] days;
  private final int[] hours;
  private final Push[] pushes;

  History(String userId, int segment, boolean isSampled, int[] days, int[] hours, Push[] pushes) {
    this.userId = userId;
    this.segment = segment;
    this.isSampled = isSampled;
    this.days = days;
    this.hours = hours;
    this.pushes = pushes;
  }

  /** Whose. */
  String userId() {
    return userId;
  }

  /** Index of the user's segment, {@link Regions#SHOP} for none. */
  int segment() {
    return segment;
  }

  /** Whether strengths are fitted on this user. */
  boolean isSampled() {
    return isSampled;
  }

  /** Local epoch day of each session hour. */
  int[] days() {
    return days;
  }

  /** Local hour of week of each session hour. */
  int[] hours() {
    return hours;
  }

  /** Pushes whose outcome is known. */
  Push[] pushes() {
    return pushes;
  }

  /** Range of a user without data: neither first day is before its last. */
  static final int[] NO_RANGE = {
    Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

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
      implements Serializable {}

  /** Reads a row of {@link HistoryRows}. */
  static History of(Row row) {
    List<Integer> sessions = row.getList(row.fieldIndex(HistoryRows.SESSION_HOURS));
    int[] days = new int[sessions.size()];
    int[] hours = new int[sessions.size()];
    for (int i = 0; i < days.length; i++) {
      days[i] = Math.floorDiv(sessions.get(i), HourKernel.HOURS_OF_WEEK);
      hours[i] = Math.floorMod(sessions.get(i), HourKernel.HOURS_OF_WEEK);
    }
    List<Row> sent = row.getList(row.fieldIndex(HistoryRows.PUSHES));
    Push[] pushes = new Push[sent.size()];
    for (int i = 0; i < pushes.length; i++) {
      Row push = sent.get(i);
      pushes[i] =
          new Push(
              push.getInt(0),
              push.getInt(1),
              push.getInt(2),
              push.getBoolean(3),
              push.getDouble(4));
    }
    return new History(
        row.getString(row.fieldIndex(HistoryRows.USER_ID)),
        row.getInt(row.fieldIndex(HistoryRows.SEGMENT)),
        row.getBoolean(row.fieldIndex(HistoryRows.IS_SAMPLED)),
        days,
        hours,
        pushes);
  }

  /** What was known at the start of {@code day}. */
  History before(int day) {
    int sessions = 0;
    while (sessions < days.length && days[sessions] < day) {
      sessions++;
    }
    Push[] known = Arrays.stream(pushes).filter(push -> push.knownDay() < day).toArray(Push[]::new);
    return new History(
        userId,
        segment,
        isSampled,
        Arrays.copyOf(days, sessions),
        Arrays.copyOf(hours, sessions),
        known);
  }

  /** First and last day of the sessions, first and last day of the pushes. */
  int[] range() {
    int[] range = NO_RANGE.clone();
    if (days.length > 0) {
      range[0] = days[0];
      range[1] = days[days.length - 1];
    }
    if (pushes.length > 0) {
      range[2] = pushes[0].day();
      range[3] = pushes[pushes.length - 1].day();
    }
    return range;
  }

  /** The range that holds both. */
  static int[] widest(int[] left, int[] right) {
    return new int[] {
      Math.min(left[0], right[0]),
      Math.max(left[1], right[1]),
      Math.min(left[2], right[2]),
      Math.max(left[3], right[3])
    };
  }
}
