package dev.nightjar.features;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;

/**
 * Random draws made by hashing columns, so that the same rows always draw the same numbers; the
 * seed is one of the columns. Taking a sample by another of these draws gives another sample.
 */
public final class Chance {
  /** Steps of {@link #inMillionths}. */
  public static final long MILLION = 1_000_000L;

  private static final long HASH_STEPS = 1L << 30;
  private static final int BITS_BEYOND_DOUBLE = 11;
  private static final double FINEST_STEP = 0x1p-53;

  private Chance() {}

  /** A uniform number in [0, 1), in 2^30 steps. */
  public static Column of(Column... columns) {
    return pmod(lot(columns), lit(HASH_STEPS)).divide((double) HASH_STEPS);
  }

  /** A uniform number in [0, 1), in the 2^53 steps that a double has there. */
  public static Column fine(Column... columns) {
    return shiftrightunsigned(lot(columns), BITS_BEYOND_DOUBLE)
        .cast("double")
        .multiply(FINEST_STEP);
  }

  /** A uniform whole number from 0 to {@link #MILLION} - 1. */
  public static Column inMillionths(Column... columns) {
    return pmod(lot(columns), lit(MILLION));
  }

  /** A uniform {@code long}. */
  public static Column lot(Column... columns) {
    return xxhash64(columns);
  }
}
