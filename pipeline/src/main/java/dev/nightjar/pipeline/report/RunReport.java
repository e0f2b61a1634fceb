package dev.nightjar.pipeline.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.nightjar.features.DataException;
import dev.nightjar.pipeline.warehouse.Json;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.training.ModelCard;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code _reports/date=D/run_report.json}: what one night did.
 *
 * @param date the night's day, ISO
 * @param planFor the day that was planned, ISO
 * @param zone the shop's zone
 * @param codeVersion version of the code
 * @param seconds wall time of the last run
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
    String planFor,
    String zone,
    String codeVersion,
    double seconds,
    long peakMemoryMb,
    List<StageReport> stages,
    Map<String, Long> rejects,
    Map<String, Long> decisions,
    Map<String, ModelCard> cards,
    Map<String, Object> config) {

  /**
   * One stage of a night.
   *
   * @param name what {@code --only} calls it
   * @param status done or skipped
   * @param seconds wall time
   * @param rows rows of each table it wrote, for the date
   * @param notes what a person should know
   */
  public record StageReport(
      String name, String status, double seconds, Map<String, Long> rows, List<String> notes) {}

  private static String file(LocalDate date) {
    return "_reports/date=" + date + "/run_report.json";
  }

  /** Puts the report beside the tables and states where. */
  public String write(Storage storage) {
    String file = file(LocalDate.parse(date));
    storage.put(file, Json.text(this));
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

  /** The report of a night; empty where it was not run. */
  static Optional<RunReport> find(Storage storage, LocalDate date) {
    String file = file(date);
    return storage
        .get(file)
        .map(json -> Json.read(json, RunReport.class, "report " + storage.display(file)));
  }
}
