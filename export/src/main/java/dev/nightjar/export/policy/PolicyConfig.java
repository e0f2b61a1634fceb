package dev.nightjar.export.policy;

import com.typesafe.config.Config;
import dev.nightjar.features.config.Problems;
import java.util.regex.Pattern;

/**
 * Settings under {@code policy}: whom a push may disturb, when and how often.
 *
 * @param quietFrom local time {@code HH:mm} from which nobody is pushed
 * @param quietTo local time {@code HH:mm} from which pushes may go again; equal to quietFrom means
 *     no quiet time
 * @param dailyCap pushes on one local calendar day of the user
 * @param weeklyCap pushes in any 7 x 24 hours
 * @param minGapHours least hours between two pushes, 0 to 168
 * @param controlShare chance of a user who could be pushed to get nothing
 * @param exploreShare chance of a push to go at an hour drawn evenly from the allowed ones
 * @param seed of the draws
 */
public record PolicyConfig(
    String quietFrom,
    String quietTo,
    int dailyCap,
    int weeklyCap,
    int minGapHours,
    double controlShare,
    double exploreShare,
    long seed) {
  private static final Pattern TIME = Pattern.compile(QuietHours.TIME_PATTERN);

  public PolicyConfig {
    new Problems()
        .require(isTime(quietFrom), "policy.quiet_from must be a time HH:mm, got " + quietFrom)
        .require(isTime(quietTo), "policy.quiet_to must be a time HH:mm, got " + quietTo)
        .require(dailyCap > 0, "policy.daily_cap must be positive, got " + dailyCap)
        .require(weeklyCap > 0, "policy.weekly_cap must be positive, got " + weeklyCap)
        .require(
            minGapHours >= 0 && minGapHours <= 168,
            "policy.min_gap_hours must lie between 0 and 168, got " + minGapHours)
        .require(
            controlShare >= 0 && controlShare < 1,
            "policy.control_share must be at least 0 and below 1, got " + controlShare)
        .require(
            exploreShare >= 0 && exploreShare <= 1,
            "policy.explore_share must lie between 0 and 1, got " + exploreShare)
        .throwIfAny();
  }

  /**
   * Reads the section {@code policy}.
   *
   * @throws dev.nightjar.features.config.ConfigProblems when a value breaks its rule
   */
  public static PolicyConfig from(Config policy) {
    return new PolicyConfig(
        policy.getString("quiet_from"),
        policy.getString("quiet_to"),
        policy.getInt("daily_cap"),
        policy.getInt("weekly_cap"),
        policy.getInt("min_gap_hours"),
        policy.getDouble("control_share"),
        policy.getDouble("explore_share"),
        policy.getLong("seed"));
  }

  private static boolean isTime(String text) {
    return TIME.matcher(text).matches();
  }
}
