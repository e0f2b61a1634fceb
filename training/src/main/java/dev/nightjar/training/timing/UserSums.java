package dev.nightjar.training.timing;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * UserSums over users in whole millionths, so that they are the same in whatever order partitions
 * end.
 *
 * <p>An RDD, since the sums are dense vectors of per-user likelihoods that no SQL function gives.
 */
final class UserSums {
  private static final double PER_UNIT = 1e6;

  private UserSums() {}

  /** Adds what one user contributes. */
  @FunctionalInterface
  interface Fold extends Serializable {
    void add(History user, double[] into);
  }

  /** Adds up {@code size} numbers over all users. */
  static double[] over(JavaRDD<History> users, int size, Fold fold) {
    long[] millionths =
        users
            .mapPartitions(
                partition -> {
                  long[] total = new long[size];
                  while (partition.hasNext()) {
                    double[] one = new double[size];
                    fold.add(partition.next(), one);
                    for (int i = 0; i < size; i++) {
                      total[i] += Math.round(one[i] * PER_UNIT);
                    }
                  }
                  return List.of(total).iterator();
                })
            .reduce(UserSums::plus);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = millionths[i] / PER_UNIT;
    }
    return values;
  }

  private static long[] plus(long[] left, long[] right) {
    long[] sum = left.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += right[i];
    }
    return sum;
  }
}
