package dev.nightjar.training.timing;

import dev.nightjar.training.timing.UserLog.Push;

/** The opens of one user's own pushes, optionally without one of them. */
final class UserOpens {
  /** No push is left out. */
  static final int NONE = -1;

  private final UserLog user;
  private final ActivityModel activity;
  private final OpenModel model;
  private final UserHours hours;
  private final double[] ages;
  private final double[] due;
  private double opens;
  private double expected;

  UserOpens(UserLog user, ActivityModel activity, OpenModel model) {
    this.user = user;
    this.activity = activity;
    this.model = model;
    hours = activity.of(user);
    ages = new double[user.pushes().length];
    due = new double[ages.length];
    for (int i = 0; i < ages.length; i++) {
      Push push = user.pushes()[i];
      ages[i] = activity.decay(push.day());
      double relative = activity.relative(hours, user.region(), push.hour(), push.day());
      due[i] = model.prior(relative, user.region(), HourKernel.cell(push.hour()));
      opens += push.isOpened() ? ages[i] : 0;
      expected += ages[i] * due[i];
    }
  }

  /** Decayed opens. */
  double opens() {
    return opens;
  }

  /** Decayed opens that the prior expects of the same pushes. */
  double expected() {
    return expected;
  }

  /** Prior of a push, sessions of its day left out. */
  double due(int index) {
    return due[index];
  }

  /** Decayed and stabilised weight of a push: age / propensity, 1 on average. */
  double weight(int index) {
    return ages[index] * user.pushes()[index].inversePropensity() * model.weightScale();
  }

  /** Prior chance of an open times the user's lift, at a push of the log. */
  double lifted(int index, int except) {
    return OpenModel.lifted(due[index], lift(except));
  }

  /** Chance of an open in an hour of the week. */
  double probability(int hourOfWeek) {
    int cell = HourKernel.cell(hourOfWeek);
    double relative = activity.relative(hours, user.region(), hourOfWeek, UserHours.NONE);
    double prior = OpenModel.lifted(model.prior(relative, user.region(), cell), lift(NONE));
    return near(cell, NONE).posterior(prior, model.hourStrength());
  }

  private double lift(int except) {
    double strength = model.userStrength();
    double opened = opens;
    double foreseen = expected;
    if (except != NONE) {
      opened -= user.pushes()[except].isOpened() ? ages[except] : 0;
      foreseen -= ages[except] * due[except];
    }
    return (Math.max(0, opened) + strength) / (Math.max(0, foreseen) + strength);
  }

  /**
   * The user's pushes near a cell.
   *
   * @param rate share of them that was opened
   * @param count how many pushes they are worth
   */
  record Near(double rate, double count) {
    /** Mean of a Beta posterior whose prior has the weight of {@code strength} pushes. */
    double posterior(double prior, double strength) {
      return (count * rate + strength * prior) / (count + strength);
    }
  }

  /**
   * Open rate of the pushes near a cell and how many pushes it is worth: (sum w k)^2 / sum w^2 k
   * for weights w and closeness k (Kish's effective sample size where k is 1).
   */
  Near near(int cell, int except) {
    HourKernel kernel = activity.kernel();
    double weights = 0;
    double squares = 0;
    double opened = 0;
    for (int i = 0; i < ages.length; i++) {
      if (i == except) {
        continue;
      }
      Push push = user.pushes()[i];
      double closeness = kernel.weight(push.hour(), cell) / kernel.centre();
      double weight = weight(i);
      weights += weight * closeness;
      squares += weight * weight * closeness / ages[i];
      opened += push.isOpened() ? weight * closeness : 0;
    }
    if (weights <= 0) {
      return new Near(0, 0);
    }
    return new Near(opened / weights, weights * weights / squares);
  }
}
