package dev.nightjar.pipeline.warehouse;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.nightjar.features.table.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code _plan/date=D.json}: a night's plan as a mailer reads it, put once it has passed its audit.
 *
 * @param date the night that was closed, ISO
 * @param from first instant that is planned, UTC, ISO
 * @param until last instant that is planned, exclusive, UTC, ISO
 * @param pushes number of push ids in {@code push_schedule}
 * @param codeVersion version and digest of the code that published it
 * @param tables the run of each table, by its name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Publication(
    String date,
    String from,
    String until,
    long pushes,
    String codeVersion,
    Map<String, Published> tables) {
  public Publication {
    tables = tables == null ? Map.of() : new TreeMap<>(tables);
  }

  /**
   * A table of a published plan.
   *
   * @param path folder of its rows, under the root
   * @param run run id
   * @param schemaVersion {@link Manifest#schemaVersion}
   * @param rows number of rows
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Published(String path, String run, int schemaVersion, long rows) {
    static Published of(Manifest manifest) {
      return new Published(
          Layout.run(manifest), manifest.run(), manifest.schemaVersion(), manifest.rows());
    }
  }

  /** The tables that manifests name, by name. */
  public static Map<String, Published> tables(List<Manifest> manifests) {
    Map<String, Published> tables = new TreeMap<>();
    manifests.forEach(manifest -> tables.put(manifest.table(), Published.of(manifest)));
    return tables;
  }

  /** Whether it names rows of a table of a night before the one from which they are kept. */
  boolean isOlderThan(Map<Table, LocalDate> keptFrom) {
    return keptFrom.entrySet().stream()
        .anyMatch(
            kept -> tables.containsKey(kept.getKey().name()) && night().isBefore(kept.getValue()));
  }

  /** The night of {@link #date()}. */
  LocalDate night() {
    return LocalDate.parse(date);
  }
}
