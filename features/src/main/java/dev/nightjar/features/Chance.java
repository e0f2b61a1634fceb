package dev.nightjar.features;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;

/** Draws that are functions of what they are drawn for, so that the same rows draw the same. */
public final class Chance {
  private static final long HASH_STEPS = 1L << 30;

  private Chance() {}

  /** A uniform number in [0, 1) that is a function of the columns; a seed is one of them. */
  public static Column of(Column... columns) {
    return pmod(xxhash64(columns), lit(HASH_STEPS)).divide((double) HASH_STEPS);
  }
}
