package dev.nightjar.features;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.upper;

import org.apache.spark.sql.Column;

/** Reads the country from a user's locale. */
public final class Locales {
  private Locales() {}

  /** Country of a locale such as {@code en-GB}, in capitals; null where it names none. */
  public static Column country(Column locale) {
    return nullif(upper(regexp_extract(locale, "[-_]([A-Za-z]{2}|[0-9]{3})$", 1)), lit(""));
  }
}
