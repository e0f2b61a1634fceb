package dev.nightjar.pipeline.stage;

import dev.nightjar.features.table.Table;
import java.time.LocalDate;

/**
 * One thing that a stage reads, declared once: the stage reads with it, and its fingerprint depends
 * on it. Days are counted back from the night, 0 for the night's own.
 */
public sealed interface Read {
  /** The table or model. */
  String name();

  /** First day that is read. */
  LocalDate first(LocalDate night);

  /** Last day that is read. */
  LocalDate last(LocalDate night);

  /** Whether the last day must have been written. */
  boolean isRequired();

  /** Rows of the night itself, which must be there. */
  static Rows tonight(Table table) {
    return new Rows(table, 0, 0, true);
  }

  /** Rows of the last days, the night's own among them, which must be there. */
  static Rows lastDays(Table table, int days) {
    return new Rows(table, days - 1, 0, true);
  }

  /** Rows of those of the nights before that were run. */
  static Rows nightsBefore(Table table, int nights) {
    return new Rows(table, nights, 1, false);
  }

  /** The night's model, which must be there. */
  static Model model(String name) {
    return new Model(name);
  }

  /**
   * One field of the card of the last of some nights before, if one of them has it. The fingerprint
   * depends on what the field holds, not on which run wrote it.
   */
  static LastCard lastCard(Table table, int nights, String field) {
    return new LastCard(table, nights, field);
  }

  /**
   * Rows of a table.
   *
   * @param firstBack days from the first day to the night
   * @param lastBack days from the last day to the night
   */
  record Rows(Table table, int firstBack, int lastBack, boolean isRequired) implements Read {
    @Override
    public String name() {
      return table.name();
    }

    @Override
    public LocalDate first(LocalDate night) {
      return night.minusDays(firstBack);
    }

    @Override
    public LocalDate last(LocalDate night) {
      return night.minusDays(lastBack);
    }
  }

  /** A model's directory. */
  record Model(String name) implements Read {
    @Override
    public LocalDate first(LocalDate night) {
      return night;
    }

    @Override
    public LocalDate last(LocalDate night) {
      return night;
    }

    @Override
    public boolean isRequired() {
      return true;
    }
  }

  /** A field of the card beside a table's rows. */
  record LastCard(Table table, int nights, String field) implements Read {
    @Override
    public String name() {
      return table.name();
    }

    @Override
    public LocalDate first(LocalDate night) {
      return night.minusDays(nights);
    }

    @Override
    public LocalDate last(LocalDate night) {
      return night.minusDays(1);
    }

    @Override
    public boolean isRequired() {
      return false;
    }
  }
}
