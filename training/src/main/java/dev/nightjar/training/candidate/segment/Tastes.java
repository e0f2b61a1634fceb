package dev.nightjar.training.candidate.segment;

import dev.nightjar.training.candidate.item.ContentIndex;
import dev.nightjar.training.candidate.item.Shelf.Label;
import dev.nightjar.training.candidate.matrix.Best;
import dev.nightjar.training.candidate.matrix.SparseRows;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Taste of a user as a vector of length 1: interest by category path where at least half of the
 * items have one, else by words of titles.
 *
 * @param content the descriptions of the items
 * @param places position of each term in a taste, -1 for none
 * @param size length of a taste
 */
record Tastes(ContentIndex content, int[] places, int size) implements Serializable {
  private static final int MOST_TERMS = 300;
  private static final double LARGEST_SHARE = 0.5;

  /** Shorter words of titles are mostly words like "of" and "in". */
  private static final int SHORTEST_NAME = 3;

  /** Chooses the terms with most of the learners' interest. */
  static Tastes of(List<Label> labels, ContentIndex content, SparseRows interest) {
    long withCategory = labels.stream().filter(label -> label.category() != null).count();
    String kind = 2 * withCategory >= labels.size() ? ContentIndex.CATEGORY : ContentIndex.WORD;
    double[] masses = new double[content.terms().length];
    SparseRows items = content.items();
    for (int entry = 0; entry < interest.entryCount(); entry++) {
      int item = interest.column(entry);
      for (int at = items.start(item); at < items.end(item); at++) {
        masses[items.column(at)] += interest.value(entry) * items.value(at);
      }
    }
    Best heaviest = new Best(MOST_TERMS);
    for (int term = 0; term < masses.length; term++) {
      boolean isCommon = content.postings().size(term) > LARGEST_SHARE * labels.size();
      String name = content.terms()[term];
      boolean isShort =
          kind.equals(ContentIndex.WORD) && name.length() < kind.length() + SHORTEST_NAME;
      if (name.startsWith(kind) && !isShort && !isCommon && masses[term] > 0) {
        heaviest.offer(term, masses[term]);
      }
    }
    int[] terms = heaviest.takeAll();
    Arrays.sort(terms);
    int[] places = new int[masses.length];
    Arrays.fill(places, -1);
    for (int place = 0; place < terms.length; place++) {
      places[terms[place]] = place;
    }
    return new Tastes(content, places, terms.length);
  }

  /** Adds a user's taste as a row, empty where the history has none. */
  void add(int[] userItems, double[] weights, SparseRows.Builder rows) {
    double[] taste = new double[size];
    SparseRows items = content.items();
    for (int entry = 0; entry < userItems.length; entry++) {
      int item = userItems[entry];
      for (int at = items.start(item); at < items.end(item); at++) {
        int place = places[items.column(at)];
        if (place >= 0) {
          taste[place] += weights[entry] * items.value(at);
        }
      }
    }
    double squares = Arrays.stream(taste).map(value -> value * value).sum();
    for (int place = 0; squares > 0 && place < size; place++) {
      if (taste[place] > 0) {
        rows.add(place, taste[place] / Math.sqrt(squares));
      }
    }
    rows.endRow();
  }

  /** Tastes of the learners that have one. */
  SparseRows ofLearners(SparseRows interest) {
    SparseRows.Builder rows = new SparseRows.Builder();
    for (int user = 0; user < interest.rowCount(); user++) {
      int[] items = interest.columnsOf(user);
      double[] weights = new double[items.length];
      for (int entry = 0; entry < items.length; entry++) {
        weights[entry] = interest.value(interest.start(user) + entry);
      }
      add(items, weights, rows);
    }
    return rows.build(size).withoutEmptyRows();
  }

  /** Words of a term, by its position. */
  String[] names() {
    String[] names = new String[size];
    for (int term = 0; term < places.length; term++) {
      if (places[term] >= 0) {
        String name = content.terms()[term];
        names[places[term]] = name.substring(name.indexOf(':') + 1);
      }
    }
    return names;
  }
}
