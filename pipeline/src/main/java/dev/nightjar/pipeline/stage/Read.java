package dev.nightjar.pipeline.stage;

import dev.nightjar.features.table.Table;
import java.time.LocalDate;

/**
 * One declared input of a stage: the stage reads through it, and its fingerprint depends on it.
 * Days are counted back from the night, which is 0.
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

  /** Rows of the night itself; they must have been written. */
  static Rows tonight(Table table) {
    return new Rows(table, 0, 0, true);
  }

  /** Rows of the last days, including the night's own, which must have been written. */
  static Rows lastDays(Table table, int days) {
    return new Rows(table, days - 1, 0, true);
  }

  /** Rows of the nights before, as far as they were run. */
  static Rows nightsBefore(Table table, int nights) {
    return new Rows(table, nights, 1, false);
  }

  /** Rows of the newest night before that was run, however long ago; none where there is none. */
  static Newest newestBefore(Table table) {
    return new Newest(table);
  }

  /** The night's model; it must have been written. */
  static Model model(String name) {
    return new Model(name);
  }

  /** The newest model of some nights before, if there is one. */
  static LastModel lastModel(String name, int nights) {
    return new LastModel(name, nights);
  }

  /** Rows of one earlier night, if it was run. */
  static Rows nightAgo(Table table, int days) {
    return new Rows(table, days, days, false);
  }

  /**
   * One field of the newest card within some nights before, if there is one. The fingerprint
   * depends on the value of the field, not on which run wrote it.
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

  /** Rows of the newest night before. */
  record Newest(Table table) implements Read {
    @Override
    public String name() {
      return table.name();
    }

    @Override
    public LocalDate first(LocalDate night) {
      return LocalDate.EPOCH;
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

  /** A model's directory, and its card. */
  record LastModel(String name, int nights) implements Read {
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
