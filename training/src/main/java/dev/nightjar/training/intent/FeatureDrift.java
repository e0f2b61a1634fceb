package dev.nightjar.training.intent;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.features.Chance;
import dev.nightjar.training.candidate.Candidates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far tonight's features are from those of the last night, feature by feature.
 *
 * @param profiles how each feature is spread tonight
 * @param drift population stability index of each feature against the last night; empty on the
 *     first night
 */
public record FeatureDrift(Map<String, FeatureProfile> profiles, Map<String, Double> drift) {
  /** Above this a feature is reported as drifted. */
  public static final double NOTABLE = 0.25;

  /** Candidates that are enough to profile the features. */
  private static final double PROFILED_CANDIDATES = 20_000;

  /** Field of the card: the index of each feature. */
  public static final String PSI = "psi";

  /** Field of the card that the next night is compared with. */
  public static final String PROFILES = "profiles";

  /**
   * Profiles the candidates of a sample of users, the same users every night. Collects the sample.
   *
   * @param matrix {@link IntentFeatures#NAMES} of tonight's candidates
   * @param candidates how many rows that is
   * @param lastCard the result of {@link #asCard} the night before; empty where there was none
   */
  public static FeatureDrift of(
      Dataset<Row> matrix, long candidates, Map<String, Object> lastCard) {
    double share = PROFILED_CANDIDATES / Math.max(1, candidates);
    List<Row> rows =
        matrix
            .where(Chance.of(col(Candidates.USER_ID)).lt(share))
            .select(IntentFeatures.NAMES.stream().map(name -> col(name)).toArray(Column[]::new))
            .collectAsList();
    Map<String, FeatureProfile> last = profiles(lastCard);
    Map<String, FeatureProfile> profiles = new LinkedHashMap<>();
    Map<String, Double> drift = new TreeMap<>();
    for (int feature = 0; feature < IntentFeatures.NAMES.size(); feature++) {
      int column = feature;
      String name = IntentFeatures.NAMES.get(feature);
      double[] values = rows.stream().mapToDouble(row -> row.getDouble(column)).toArray();
      profiles.put(name, FeatureProfile.of(values));
      if (last.containsKey(name)) {
        drift.put(name, last.get(name).drift(values));
      }
    }
    return new FeatureDrift(profiles, drift);
  }

  /**
   * A line for each feature that drifted, largest drift first, without the features of the
   * calendar, which change by themselves.
   */
  public List<String> notes() {
    List<Map.Entry<String, Double>> far = new ArrayList<>(drift.entrySet());
    far.removeIf(feature -> !isNotable(feature.getKey(), feature.getValue()));
    far.sort(Map.Entry.<String, Double>comparingByValue().reversed());
    return far.stream()
        .map(
            feature ->
                "feature %s drifted since the last night: PSI %.2f, above %.2f"
                    .formatted(feature.getKey(), feature.getValue(), NOTABLE))
        .toList();
  }

  /** The first feature of a card that drifted, but for those of the calendar. */
  public static Optional<String> notable(Map<String, Object> card) {
    return card.get(PSI) instanceof Map<?, ?> psi
        ? psi.entrySet().stream()
            .filter(
                feature ->
                    feature.getValue() instanceof Number index
                        && isNotable(String.valueOf(feature.getKey()), index.doubleValue()))
            .map(feature -> String.valueOf(feature.getKey()))
            .findFirst()
        : Optional.empty();
  }

  private static boolean isNotable(String feature, double index) {
    return index > NOTABLE && !IntentFeatures.OF_CALENDAR.contains(feature);
  }

  /** The fields stored with a night's rows. */
  public Map<String, Object> asCard() {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put(PSI, drift);
    Map<String, Object> byName = new LinkedHashMap<>();
    profiles.forEach((name, profile) -> byName.put(name, profile.asMap()));
    card.put(PROFILES, byName);
    return card;
  }

  private static Map<String, FeatureProfile> profiles(Map<String, Object> card) {
    Map<String, FeatureProfile> profiles = new LinkedHashMap<>();
    if (card.get(PROFILES) instanceof Map<?, ?> byName) {
      byName.forEach(
          (name, profile) ->
              profiles.put(String.valueOf(name), FeatureProfile.of(textKeys((Map<?, ?>) profile))));
    }
    return profiles;
  }

  private static Map<String, Object> textKeys(Map<?, ?> map) {
    Map<String, Object> typed = new LinkedHashMap<>();
    map.forEach((key, value) -> typed.put(String.valueOf(key), value));
    return typed;
  }
}
