package dev.nightjar.training.evaluate.lists;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** How the lists treat new and old items: over all purchases, not averaged over users. */
record ItemAges(ListBook book, KnownItems items, int k) {
  /** Ages from, inclusive, to, exclusive; NaN: no event before the split. */
  private record Age(String name, double from, double to) {
    boolean includes(KnownItems.Item item) {
      return Double.isNaN(from) ? !item.isSeen() : item.ageDays() >= from && item.ageDays() < to;
    }
  }

  private static final List<Age> AGES =
      List.of(
          new Age("no event", Double.NaN, Double.NaN),
          new Age("0-29 days", 0, 30),
          new Age("30-89 days", 30, 90),
          new Age("90-179 days", 90, 180),
          new Age("180+ days", 180, Double.POSITIVE_INFINITY));

  List<HorizonFigures.ItemAge> measure(int days) {
    return AGES.stream().map(age -> measure(age, days)).toList();
  }

  private HorizonFigures.ItemAge measure(Age age, int days) {
    IntPredicate isOfAge = item -> age.includes(items.item(item));
    List<int[]> bought =
        book.shoppers().stream().map(shopper -> bought(shopper, days, isOfAge)).toList();
    long relevant = bought.stream().mapToLong(wanted -> wanted.length).sum();
    Map<String, Double> recall = new LinkedHashMap<>();
    Map<String, Double> shares = new LinkedHashMap<>();
    for (ListBook.Name name : book.names()) {
      long hits = 0;
      long places = 0;
      long allPlaces = 0;
      for (int i = 0; i < bought.size(); i++) {
        int[] list = Arrays.stream(book.lists(name, Scenario.ALL)[i]).limit(k).toArray();
        int[] wanted = bought.get(i);
        hits += Arrays.stream(list).filter(x -> Arrays.binarySearch(wanted, x) >= 0).count();
        places += Arrays.stream(list).filter(isOfAge).count();
        allPlaces += list.length;
      }
      recall.put(name.name(), relevant == 0 ? Double.NaN : (double) hits / relevant);
      shares.put(name.name(), allPlaces == 0 ? Double.NaN : (double) places / allPlaces);
    }
    long known = IntStream.range(0, items.size()).filter(isOfAge).count();
    return new HorizonFigures.ItemAge(age.name(), known, relevant, recall, shares);
  }

  private static int[] bought(Shopper shopper, int days, IntPredicate isOfAge) {
    return shopper.isCold() ? new int[0] : shopper.boughtAfter(days).filter(isOfAge).toArray();
  }
}
