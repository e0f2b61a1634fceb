package dev.nightjar.demo.chance;

import java.util.Arrays;
import java.util.List;

/**
 * When a user is active: for a weekday and for a day of the weekend, the share of the day's
 * sessions that begin in each local hour. Each sums to 1.
 */
public record HourCurve(Habit habit, double[] weekday, double[] weekend) {
  /** Habits, by the hour around which a weekday's sessions are. */
  public enum Habit {
    COMMUTER(8.0, 0.20),
    LUNCH(12.5, 0.22),
    AFTERNOON(16.0, 0.18),
    EVENING(20.0, 0.28),
    NIGHT_OWL(23.0, 0.12);

    private final double peak;
    private final double share;

    Habit(double peak, double share) {
      this.peak = peak;
      this.share = share;
    }
  }

  private static final double FLOOR = 0.10;
  private static final double MAIN = 0.70;
  private static final double SECOND = 0.20;

  /** A habit shifted for the user; at the weekend one to three hours later. */
  public static HourCurve draw(Dice dice) {
    List<Habit> habits = List.of(Habit.values());
    Habit habit = habits.get(dice.pick(habits.stream().mapToDouble(each -> each.share).toArray()));
    double peak = habit.peak + 1.5 * dice.gaussian();
    double second = dice.uniform(7, 24);
    double weekendPeak = peak + dice.uniform(1, 3);
    return new HourCurve(habit, mixture(peak, 1.3, second), mixture(weekendPeak, 2.0, second));
  }

  /** Share of the day's sessions that begin in the hour; {@code hourOfWeek} 0 is Monday 00h. */
  public double share(int hourOfWeek) {
    return hourOfWeek < 120 ? weekday[hourOfWeek % 24] : weekend[hourOfWeek % 24];
  }

  /** {@link #share} over that of the busiest hour of the same kind of day: 1 at the peak. */
  public double relative(int hourOfWeek) {
    double[] day = hourOfWeek < 120 ? weekday : weekend;
    return day[hourOfWeek % 24] / Arrays.stream(day).max().orElseThrow();
  }

  private static double[] mixture(double peak, double width, double second) {
    double[] density = new double[24];
    double total = 0;
    for (int hour = 0; hour < 24; hour++) {
      double at = hour + 0.5;
      density[hour] = FLOOR / 24 + MAIN * bump(at - peak, width) + SECOND * bump(at - second, 1.8);
      total += density[hour];
    }
    for (int hour = 0; hour < 24; hour++) {
      density[hour] /= total;
    }
    return density;
  }

  private static double bump(double distance, double width) {
    double around = distance - 24 * StrictMath.rint(distance / 24);
    double z = around / width;
    return StrictMath.exp(-z * z / 2) / (width * StrictMath.sqrt(2 * StrictMath.PI));
  }
}
