package dev.nightjar.training.als;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * All pairs of a small shop, by dense index: the place of an id among those in Spark's order.
 *
 * @param user by pair: index
 * @param item by pair: index
 * @param strength by pair
 */
record NamedPairs(String[] userIds, String[] itemIds, int[] user, int[] item, float[] strength) {
  /**
   * Reads them.
   *
   * @param rows user_id, item_id, strength
   */
  static NamedPairs of(Iterator<Row> rows) {
    Ids users = new Ids();
    Ids items = new Ids();
    float[] strength = new float[64];
    int size = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      users.add(row.getString(0));
      items.add(row.getString(1));
      if (size == strength.length) {
        strength = Arrays.copyOf(strength, 2 * size);
      }
      strength[size++] = row.getFloat(2);
    }
    String[] userIds = users.inOrder();
    String[] itemIds = items.inOrder();
    return new NamedPairs(
        userIds,
        itemIds,
        users.indexes(userIds),
        items.indexes(itemIds),
        Arrays.copyOf(strength, size));
  }

  /** The pairs of a block of users. */
  Pairs ofUsers(int block, int blocks) {
    return Pairs.ofBlock(block, blocks, user, item, strength);
  }

  /** The pairs of a block of items. */
  Pairs ofItems(int block, int blocks) {
    return Pairs.ofBlock(block, blocks, item, user, strength);
  }

  /** Ids in the order in which they came. */
  private static final class Ids {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private int[] byPair = new int[64];
    private int size;

    void add(String id) {
      Integer number = numbers.get(id);
      if (number == null) {
        number = ids.size();
        numbers.put(id, number);
        ids.add(id);
      }
      if (size == byPair.length) {
        byPair = Arrays.copyOf(byPair, 2 * size);
      }
      byPair[size++] = number;
    }

    String[] inOrder() {
      return ids.stream()
          .map(UTF8String::fromString)
          .sorted(Comparator.naturalOrder())
          .map(UTF8String::toString)
          .toArray(String[]::new);
    }

    /** The index of each pair's id. */
    int[] indexes(String[] inOrder) {
      int[] byNumber = new int[inOrder.length];
      for (int index = 0; index < inOrder.length; index++) {
        byNumber[numbers.get(inOrder[index])] = index;
      }
      return IntStream.range(0, size).map(pair -> byNumber[byPair[pair]]).toArray();
    }
  }
}
