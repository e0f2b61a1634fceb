package dev.nightjar.pipeline.stage;

import dev.nightjar.pipeline.warehouse.Warehouse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * One step of a night: reads tables, writes tables, keeps nothing in between. It takes the date as
 * an argument and never asks the clock.
 */
public interface Stage {
  /** What {@code --only} calls it. */
  String name();

  /** What it does, in the words of the console. */
  String title();

  /** Tables and models it writes for the date. */
  List<String> writes();

  /** Tables it reads. */
  List<Reads> reads(LocalDate date);

  /** Paths of the config sections that its rows depend on. */
  List<String> configSections();

  /** Stamps of the source files that its rows depend on, by path. */
  default Map<String, String> sourceStamps(LocalDate date) {
    return Map.of();
  }

  /**
   * Whether what was written under {@code fingerprint} still holds.
   *
   * @param fingerprint digest of config, inputs, sources and code as of now
   */
  default boolean isDone(Warehouse warehouse, LocalDate date, String fingerprint) {
    return writes().stream()
        .allMatch(
            table ->
                warehouse
                    .manifest(table, date)
                    .filter(manifest -> manifest.fingerprint().equals(fingerprint))
                    .isPresent());
  }

  /**
   * Computes and writes.
   *
   * @return what a person should be told: warnings, one line each
   */
  List<String> run(Warehouse warehouse, Warehouse.Writing writing, LocalDate date);

  /**
   * A table and the days of it that are read.
   *
   * @param table table or model name
   * @param from first day
   * @param to last day
   * @param isRequired whether the last day must have been written
   */
  record Reads(String table, LocalDate from, LocalDate to, boolean isRequired) {
    static Reads of(String table, LocalDate date) {
      return new Reads(table, date, date, true);
    }

    static Reads days(String table, LocalDate from, LocalDate to) {
      return new Reads(table, from, to, true);
    }

    static Reads optional(String table, LocalDate from, LocalDate to) {
      return new Reads(table, from, to, false);
    }
  }
}
