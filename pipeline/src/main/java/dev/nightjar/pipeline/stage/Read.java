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
  default boolean isRequired() {
    return false;
  }

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
    return new LastModel(name, nights, 1);
  }

  /** The model of one earlier night, if it was run. */
  static LastModel modelAgo(String name, int days) {
    return new LastModel(name, days, days);
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

  /** A read of days that are counted back from the night. */
  sealed interface Span extends Read {
    /** Days from the first day to the night. */
    int firstBack();

    /** Days from the last day to the night. */
    int lastBack();

    @Override
    default LocalDate first(LocalDate night) {
      return night.minusDays(firstBack());
    }

    @Override
    default LocalDate last(LocalDate night) {
      return night.minusDays(lastBack());
    }
  }

  /** Rows of a table. */
  record Rows(Table table, int firstBack, int lastBack, boolean isRequired) implements Span {
    @Override
    public String name() {
      return table.name();
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
  }

  /** The directory of the night's model. */
  record Model(String name) implements Span {
    @Override
    public int firstBack() {
      return 0;
    }

    @Override
    public int lastBack() {
      return 0;
    }

    @Override
    public boolean isRequired() {
      return true;
    }
  }

  /** The newest model of some days: its directory, and its card. */
  record LastModel(String name, int firstBack, int lastBack) implements Span {}

  /** A field of the newest card beside a table's rows. */
  record LastCard(Table table, int firstBack, String field) implements Span {
    @Override
    public String name() {
      return table.name();
    }

    @Override
    public int lastBack() {
      return 1;
    }
  }
}
