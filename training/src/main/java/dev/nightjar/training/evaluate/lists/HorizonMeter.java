package dev.nightjar.training.evaluate.lists;

import dev.nightjar.training.evaluate.Interval;
import dev.nightjar.training.evaluate.ListMetric;
import dev.nightjar.training.evaluate.Resampling;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Measures every list over one horizon.
 *
 * @param factors vectors of the items in the lists, by index
 */
public record HorizonMeter(
    Cuts cuts,
    ListBook book,
    KnownItems items,
    Map<Integer, float[]> factors,
    Resampling resampling) {
  private static final String COLD = "cold";
  private static final List<ListMetric> GROUP_METRICS =
      List.of(ListMetric.NDCG, ListMetric.PRECISION, ListMetric.RECALL, ListMetric.HIT_RATE);

  public HorizonFigures measure(int days, String dataUntil, Shoppers shoppers) {
    Map<Scenario, Measurement> measured = byScenario(days, shopper -> !shopper.isCold());
    VarietyMeter variety = new VarietyMeter(measured.get(Scenario.ALL), items, factors);
    List<HorizonFigures.MeasuredList> lists =
        book.names().parallelStream().map(name -> list(name, measured, variety)).toList();
    return new HorizonFigures(
        days,
        dataUntil,
        counts(days, shoppers, measured),
        lists,
        differences(lists, measured),
        ActivityGroup.all().stream().map(group -> group(group, days)).toList(),
        new ItemAges(book, items, cuts.headline()).measure(days));
  }

  private Map<Scenario, Measurement> byScenario(int days, Measurement.Who who) {
    Map<Scenario, Measurement> measured = new EnumMap<>(Scenario.class);
    for (Scenario scenario : Scenario.values()) {
      measured.put(scenario, Measurement.of(book, items, scenario, days, who, resampling));
    }
    return measured;
  }

  private HorizonFigures.MeasuredList list(
      ListBook.Name name, Map<Scenario, Measurement> measured, VarietyMeter variety) {
    Map<String, Map<String, Map<String, Interval>>> scores = new LinkedHashMap<>();
    measured.forEach(
        (scenario, users) -> scores.put(scenario.key(), users.scores(name, cuts.all())));
    Map<String, Map<String, Double>> byCut = new LinkedHashMap<>();
    cuts.all().forEach(k -> byCut.put(String.valueOf(k), variety.measure(name, k)));
    return new HorizonFigures.MeasuredList(
        name.name(), name.kind().name().toLowerCase(Locale.ROOT), scores, byCut);
  }

  private HorizonFigures.Counts counts(
      int days, Shoppers shoppers, Map<Scenario, Measurement> measured) {
    Measurement cold = Measurement.of(book, items, Scenario.ALL, days, Shopper::isCold, resampling);
    return new HorizonFigures.Counts(
        map(measured, Measurement::users),
        mapLong(measured, Measurement::relevantItems),
        cold.users(),
        (int) shoppers.unknown().stream().filter(day -> day < days).count(),
        shoppers.known().stream()
            .flatMapToInt(shopper -> shopper.boughtAfter(days))
            .filter(item -> !items.item(item).isSeen())
            .count(),
        shoppers.unlisted().stream().filter(day -> day < days).count());
  }

  private static Map<String, Integer> map(
      Map<Scenario, Measurement> measured, ToIntFunction<Measurement> figure) {
    Map<String, Integer> byScenario = new LinkedHashMap<>();
    measured.forEach((key, users) -> byScenario.put(key.key(), figure.applyAsInt(users)));
    return byScenario;
  }

  private static Map<String, Long> mapLong(
      Map<Scenario, Measurement> measured, ToLongFunction<Measurement> figure) {
    Map<String, Long> byScenario = new LinkedHashMap<>();
    measured.forEach((key, users) -> byScenario.put(key.key(), figure.applyAsLong(users)));
    return byScenario;
  }

  private Map<String, HorizonFigures.Difference> differences(
      List<HorizonFigures.MeasuredList> lists, Map<Scenario, Measurement> measured) {
    Map<String, HorizonFigures.Difference> differences = new LinkedHashMap<>();
    measured.forEach(
        (scenario, users) -> {
          if (users.users() == 0) {
            return;
          }
          HorizonFigures.MeasuredList best =
              lists.stream()
                  .filter(list -> !list.name().equals(ListBook.BLEND.name()))
                  .max(
                      Comparator.comparingDouble(
                          list -> list.score(scenario, cuts.headline(), ListMetric.NDCG).mean()))
                  .orElseThrow();
          differences.put(
              scenario.key(),
              new HorizonFigures.Difference(
                  best.name(), users.differences(ListBook.BLEND, nameOf(best), cuts.all())));
        });
    return differences;
  }

  private ListBook.Name nameOf(HorizonFigures.MeasuredList list) {
    return book.names().stream()
        .filter(name -> name.name().equals(list.name()))
        .filter(name -> name.kind().name().equalsIgnoreCase(list.kind()))
        .findFirst()
        .orElseThrow();
  }

  private HorizonFigures.UserGroup group(ActivityGroup group, int days) {
    Map<Scenario, Measurement> measured = byScenario(days, group);
    Map<String, Map<String, Map<String, Interval>>> scores = new LinkedHashMap<>();
    for (ListBook.Name name : book.names()) {
      Map<String, Map<String, Interval>> byScenario = new LinkedHashMap<>();
      measured.forEach(
          (scenario, users) -> {
            if (users.users() > 0) {
              Map<String, Interval> metrics = new LinkedHashMap<>();
              GROUP_METRICS.forEach(
                  metric -> metrics.put(metric.key(), users.score(name, metric, cuts.headline())));
              byScenario.put(scenario.key(), metrics);
            }
          });
      scores.put(name.name(), byScenario);
    }
    return new HorizonFigures.UserGroup(group.name(), map(measured, Measurement::users), scores);
  }

  /** Users by baskets before the split. */
  private record ActivityGroup(String name, int from, int to, boolean isCold)
      implements Measurement.Who {
    static List<ActivityGroup> all() {
      return List.of(
          new ActivityGroup(COLD, 0, 0, true),
          new ActivityGroup("0", 0, 0, false),
          new ActivityGroup("1", 1, 1, false),
          new ActivityGroup("2-4", 2, 4, false),
          new ActivityGroup("5-9", 5, 9, false),
          new ActivityGroup("10+", 10, Integer.MAX_VALUE, false));
    }

    @Override
    public boolean includes(Shopper shopper) {
      return shopper.isCold() == isCold && shopper.baskets() >= from && shopper.baskets() <= to;
    }
  }
}
