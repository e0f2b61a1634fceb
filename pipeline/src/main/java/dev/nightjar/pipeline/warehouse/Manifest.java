package dev.nightjar.pipeline.warehouse;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.Map;

/**
 * {@code _manifest.json}: names the current run of a table's day and its provenance.
 *
 * @param table table name; of a table in parts, {@code name/column=value}
 * @param date the day, ISO
 * @param run run id; its rows are in {@code run=<run>/} beside the manifest, which does not exist
 *     where {@code rows} is 0 and nothing was written
 * @param schemaVersion {@link dev.nightjar.features.table.Table#version()} at the time of writing
 * @param rows number of rows; 0 for a model
 * @param inputs run id of each table read, by {@code table/date} or {@code table/from..to}
 * @param fingerprint digest of the config sections, inputs and code that made it
 * @param codeVersion version and digest of the code that made it
 * @param seconds wall time of the stage that made it
 * @param contentDigest order-free digest of the rows, where the stage gives one, else empty
 * @param sources size and time stamp of each source file it was read from, where it was
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Manifest(
    String table,
    String date,
    String run,
    int schemaVersion,
    @JsonInclude(JsonInclude.Include.ALWAYS) long rows,
    Map<String, String> inputs,
    String fingerprint,
    String codeVersion,
    double seconds,
    String contentDigest,
    Map<String, String> sources) {

  public Manifest {
    inputs = inputs == null ? Map.of() : inputs;
    sources = sources == null ? Map.of() : sources;
    contentDigest = contentDigest == null ? "" : contentDigest;
  }

  /** The day of {@link #date()}. */
  LocalDate day() {
    return LocalDate.parse(date);
  }

  /** Name of the table; of a part's manifest, that of the whole table. */
  public String wholeTable() {
    return table.split("/", 2)[0];
  }

  /** True where the rows equal those of the given day and version. */
  public boolean holds(int version, DayRows wanted) {
    return schemaVersion == version
        && contentDigest.equals(wanted.contentDigest())
        && rows == wanted.rows();
  }

  /** The same rows, which another run found equal to what it would write from {@code sources}. */
  Manifest confirmedBy(Provenance other, Map<String, String> readFrom) {
    return with(other.fingerprint(), other.codeVersion(), seconds, readFrom);
  }

  /** The same with its wall time; kept rows keep the time they first took. */
  Manifest within(double wallSeconds) {
    double first = seconds > 0 ? seconds : Math.round(wallSeconds * 1000) / 1000.0;
    return with(fingerprint, codeVersion, first, sources);
  }

  private Manifest with(
      String otherFingerprint, String otherCode, double took, Map<String, String> readFrom) {
    return new Manifest(
        table,
        date,
        run,
        schemaVersion,
        rows,
        inputs,
        otherFingerprint,
        otherCode,
        took,
        contentDigest,
        readFrom);
  }
}
