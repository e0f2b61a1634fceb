package dev.nightjar.features.table;

import org.apache.spark.sql.types.DataType;

/**
 * A column as its table declares it: the one place for its name, type and description.
 *
 * @param name {@code snake_case}, with its unit where it has one ({@code age_days})
 * @param type Spark's type
 * @param isNullable whether a row of the table may have no value
 * @param meaning unit, range and meaning in a few words, for the tables page
 * @param missing when it is null, or what takes the place of an unknown value
 * @param normalisation how the raw figure was changed
 * @param input how a shop's mapping may fill it
 */
public record TableColumn(
    String name,
    DataType type,
    boolean isNullable,
    String meaning,
    String missing,
    String normalisation,
    Input input) {

  /** Whether a shop's mapping can fill a column. */
  public enum Input {
    /** Nightjar computes it. */
    NONE,
    /** A mapping may leave it out. */
    OPTIONAL,
    /** A mapping must name it. */
    REQUIRED
  }

  private static final String RAW = "raw";

  /** A column with a value in every row. */
  public static TableColumn required(String name, DataType type, String meaning) {
    return new TableColumn(name, type, false, meaning, "", RAW, Input.NONE);
  }

  /** A column that may be null; {@link #missing(String)} says when. */
  public static TableColumn optional(String name, DataType type, String meaning) {
    return new TableColumn(name, type, true, meaning, "null where absent", RAW, Input.NONE);
  }

  /** Says when it is null or, of a required column, what takes the place of an unknown value. */
  public TableColumn missing(String text) {
    return new TableColumn(name, type, isNullable, meaning, text, normalisation, input);
  }

  /** Says how the raw figure was changed. */
  public TableColumn normalised(String text) {
    return new TableColumn(name, type, isNullable, meaning, missing, text, input);
  }

  /** The same, open to a shop's mapping. */
  public TableColumn filledBy(Input mapping) {
    return new TableColumn(name, type, isNullable, meaning, missing, normalisation, mapping);
  }

  /** The row of the tables page. */
  String markdown() {
    String never = missing.isEmpty() ? "never" : "never; " + missing;
    return "| `%s` | `%s` | %s | %s | %s |"
        .formatted(name, type.simpleString(), meaning, isNullable ? missing : never, normalisation);
  }
}
