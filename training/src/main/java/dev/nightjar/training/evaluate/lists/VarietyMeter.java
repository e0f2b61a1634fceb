package dev.nightjar.training.evaluate.lists;

import dev.nightjar.training.evaluate.Exposure;
import dev.nightjar.training.evaluate.ListDiversity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How much of the shop the lists show, and how much the items of one list differ. */
public record VarietyMeter(Measurement users, KnownItems items, Map<Integer, float[]> factors) {

  /** Coverage and Gini over the items with an event before the split; the rest means over lists. */
  public Map<String, Double> measure(ListBook.Name name, int k) {
    List<int[]> lists =
        IntStream.range(0, users.users())
            .mapToObj(user -> Arrays.stream(users.list(name, user)).limit(k).toArray())
            .toList();
    int[] places = new int[items.size()];
    lists.forEach(list -> Arrays.stream(list).forEach(item -> places[item]++));
    int[] seen =
        IntStream.range(0, items.size())
            .filter(item -> items.item(item).isSeen())
            .map(item -> places[item])
            .toArray();
    Exposure exposure = Exposure.of(seen);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("coverage", exposure.coverage());
    figures.put("gini", exposure.gini());
    figures.put("novelty", novelty(lists));
    figures.put("diversity_factors", mean(lists, this::factorVariety));
    figures.put("diversity_category", mean(lists, this::categoryVariety));
    return figures;
  }

  /**
   * Mean over all places of -log2 of the item's share of all items' buyers before the split, with
   * one buyer added to each item (Zhou et al. 2010).
   */
  private double novelty(List<int[]> lists) {
    double total =
        IntStream.range(0, items.size()).mapToDouble(i -> items.item(i).buyers() + 1.0).sum();
    return lists.stream()
        .flatMapToInt(Arrays::stream)
        .mapToDouble(item -> -Math.log((items.item(item).buyers() + 1) / total) / Math.log(2))
        .average()
        .orElse(Double.NaN);
  }

  private double factorVariety(int[] list) {
    return ListDiversity.ofVectors(
        Arrays.stream(list)
            .mapToObj(item -> factors.getOrDefault(item, new float[0]))
            .map(v -> v.length == 0 ? null : v)
            .toList());
  }

  private double categoryVariety(int[] list) {
    return ListDiversity.ofCategories(
        Arrays.stream(list).mapToObj(item -> items.item(item).category()).toList());
  }

  private static double mean(List<int[]> lists, ToDoubleFunction<int[]> figure) {
    return lists.stream()
        .mapToDouble(figure)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }
}
