package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import java.time.LocalDate;
import org.apache.spark.sql.Column;

/**
 * Random numbers that are functions of (seed, date, user, purpose), so that a night drawn again
 * draws the same.
 *
 * @param seed of the policy
 * @param date the night's
 */
record Draws(long seed, LocalDate date) {
  private static final int UNUSED_BITS = 11;
  private static final double UNIT = 0x1p-53;

  /** Uniform over [0, 1), independent between purposes. */
  Column uniform(String purpose) {
    Column hash = xxhash64(lit(seed), lit(date.toString()), col(PlanUsers.USER_ID), lit(purpose));
    return shiftrightunsigned(hash, UNUSED_BITS).cast("double").multiply(UNIT);
  }
}
