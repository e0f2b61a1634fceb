package dev.nightjar.export.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.nightjar.features.Chance;
import java.time.LocalDate;
import org.apache.spark.sql.Column;

/**
 * Random numbers that are functions of (seed, date, user, purpose), so that a repeated night draws
 * the same ones.
 *
 * @param seed of the policy
 * @param date the night's
 */
record Draws(long seed, LocalDate date) {
  /** Uniform over [0, 1), independent between purposes. */
  Column uniform(String purpose) {
    return Chance.fine(lit(seed), lit(date.toString()), col(PlanUsers.USER_ID), lit(purpose));
  }
}
