package dev.nightjar.export.policy;

import dev.nightjar.features.config.Problems;
import java.util.regex.Pattern;

/**
 * Settings under {@code policy}: who may be disturbed by a push, when and how often.
 *
 * @param quietFrom local time {@code HH:mm} from which nobody is pushed
 * @param quietTo local time {@code HH:mm} from which pushes may go again; equal to quietFrom means
 *     no quiet time
 * @param dailyCap pushes on one local calendar day of the user
 * @param weeklyCap pushes in any 7 x 24 hours
 * @param minGapHours least hours between two pushes, 0 to 168
 * @param controlShare probability that a user who could be pushed gets nothing
 * @param exploreShare probability that a push goes at an hour drawn uniformly from the allowed ones
 * @param validMinutes minutes after its time in which a push may still be sent, 1 to 60
 * @param unknownZone what becomes of a user whose zone is not known
 * @param minLoggedShare share of the pushes of the last nights that the push log must have, where
 *     it reaches past them, 0 to 1
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
    int validMinutes,
    UnknownZone unknownZone,
    double minLoggedShare,
    long seed) {

  /** What becomes of a user whose zone is not known. */
  public enum UnknownZone {
    /** The user is taken to live in the shop's. */
    SHOP,
    /** The user gets no push. */
    SKIP,
    /** A push goes only when it is quiet in no zone of the shop's users. */
    STRICT
  }

  private static final Pattern TIME = Pattern.compile(QuietHours.TIME_PATTERN);

  public PolicyConfig {
    new Problems()
        .require(isTime(quietFrom), "quiet_from", "must be a time HH:mm", quietFrom)
        .require(isTime(quietTo), "quiet_to", "must be a time HH:mm", quietTo)
        .positive("daily_cap", dailyCap)
        .positive("weekly_cap", weeklyCap)
        .require(
            minGapHours >= 0 && minGapHours <= 168,
            "min_gap_hours",
            "must be between 0 and 168",
            minGapHours)
        .require(
            controlShare >= 0 && controlShare < 1,
            "control_share",
            "must be at least 0 and below 1",
            controlShare)
        .share("explore_share", exploreShare)
        .require(
            validMinutes >= 1 && validMinutes <= 60,
            "valid_minutes",
            "must be between 1 and 60",
            validMinutes)
        .share("min_logged_share", minLoggedShare)
        .throwIfAny();
  }

  private static boolean isTime(String text) {
    return TIME.matcher(text).matches();
  }
}
