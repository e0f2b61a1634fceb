package dev.nightjar.pipeline.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.nightjar.features.DataException;
import dev.nightjar.pipeline.warehouse.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code _reports/date=D/run_report.json}: what one night did.
 *
 * @param date the day that was closed, ISO
 * @param planFor the day that was planned, ISO
 * @param zone the shop's zone
 * @param codeVersion version of the code
 * @param seconds wall time of the last call
 * @param peakMemoryMb largest resident size of the process, MB
 * @param stages the stages of the night, in order, as each last ran
 * @param rejects refused rows of the day by reason
 * @param decisions users by decision
 * @param cards the models' cards by model
 * @param config the config of this call, secrets left out
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunReport(
    String date,
    @JsonProperty("plan_for") String planFor,
    String zone,
    @JsonProperty("code_version") String codeVersion,
    double seconds,
    @JsonProperty("peak_memory_mb") long peakMemoryMb,
    List<StageReport> stages,
    Map<String, Long> rejects,
    Map<String, Long> decisions,
    Map<String, Object> cards,
    Map<String, Object> config) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * One stage of a night.
   *
   * @param name what {@code --only} calls it
   * @param status done or skipped
   * @param seconds wall time
   * @param rows rows of each table it wrote, for the date
   * @param notes what a person should be told
   */
  public record StageReport(
      String name, String status, double seconds, Map<String, Long> rows, List<String> notes) {}

  private static String file(LocalDate date) {
    return "_reports/date=" + date + "/run_report.json";
  }

  /** Puts the report beside the tables and tells where. */
  public String write(Storage storage) {
    String file = file(LocalDate.parse(date));
    try {
      storage.put(file, JSON.writeValueAsBytes(this));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return storage.display(file);
  }

  /**
   * Reads the report of a night.
   *
   * @throws DataException where there is none
   */
  public static RunReport read(Storage storage, LocalDate date) {
    return find(storage, date)
        .orElseThrow(
            () ->
                new DataException(
                    "no night of %s was run under %s; run it first: nightjar run --date %s"
                        .formatted(date, storage.display("."), date)));
  }

  /** The report of a night, or nothing where it was not run. */
  static Optional<RunReport> find(Storage storage, LocalDate date) {
    return storage
        .get(file(date))
        .map(
            json -> {
              try {
                return JSON.readValue(json, RunReport.class);
              } catch (IOException broken) {
                throw new DataException(
                    "the report %s is not readable JSON; delete it and run the night again"
                        .formatted(storage.display(file(date))),
                    broken);
              }
            });
  }
}
