package dev.nightjar.training.candidate.item;

import dev.nightjar.training.candidate.matrix.SparseRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The description of each item as a vector of length 1: words of the title, every prefix of the
 * category path, and the brand, each with the weight ln((1 + items) / (1 + items that have it)).
 * Terms that only one item has are left out, since they relate it to nothing.
 *
 * @param terms ascending; {@code category:}, {@code brand:} or {@code word:} and the term
 * @param items items by terms
 * @param postings terms by items
 */
public record ContentIndex(String[] terms, SparseRows items, SparseRows postings)
    implements Serializable {
  public static final String CATEGORY = "category:";
  static final String BRAND = "brand:";
  public static final String WORD = "word:";
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int SHORTEST_WORD = 2;
  private static final int LEAST_ITEMS = 2;

  public static ContentIndex of(List<Shelf.Label> labels) {
    List<SortedSet<String>> written = labels.stream().map(ContentIndex::terms).toList();
    SortedMap<String, Integer> counts = new TreeMap<>();
    written.forEach(terms -> terms.forEach(term -> counts.merge(term, 1, Integer::sum)));
    counts.values().removeIf(count -> count < LEAST_ITEMS);
    String[] terms = counts.keySet().toArray(String[]::new);
    double[] weights = new double[terms.length];
    Map<String, Integer> numbers = new java.util.HashMap<>();
    for (int term = 0; term < terms.length; term++) {
      numbers.put(terms[term], term);
      weights[term] = Math.log((1.0 + labels.size()) / (1.0 + counts.get(terms[term])));
    }
    SparseRows.Builder items = new SparseRows.Builder();
    for (SortedSet<String> ofItem : written) {
      for (String term : ofItem) {
        Integer number = numbers.get(term);
        if (number != null) {
          items.add(number, weights[number]);
        }
      }
      items.endRow();
    }
    SparseRows unit = items.build(terms.length).unitRows();
    return new ContentIndex(terms, unit, unit.transposed());
  }

  private static SortedSet<String> terms(Shelf.Label label) {
    SortedSet<String> terms = new TreeSet<>();
    if (label.title() != null) {
      NO_WORD
          .splitAsStream(label.title().toLowerCase(Locale.ROOT))
          .filter(word -> word.length() >= SHORTEST_WORD)
          .forEach(word -> terms.add(WORD + word));
    }
    if (label.brand() != null && !label.brand().isBlank()) {
      terms.add(BRAND + label.brand().strip().toLowerCase(Locale.ROOT));
    }
    prefixes(label.category()).forEach(prefix -> terms.add(CATEGORY + prefix));
    return terms;
  }

  private static List<String> prefixes(String category) {
    List<String> prefixes = new ArrayList<>();
    if (category != null && !category.isBlank()) {
      int slash = category.indexOf('/');
      while (slash > 0) {
        prefixes.add(category.substring(0, slash));
        slash = category.indexOf('/', slash + 1);
      }
      prefixes.add(category);
    }
    return prefixes;
  }
}
