package dev.nightjar.training.als;

import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * All pairs of a small shop, whose users and items are numbered as they come. An index is the place
 * of an id in Spark's order.
 *
 * @param pairs of user numbers and item numbers
 * @param userIndex by number
 * @param itemIndex by number
 * @param userIds by index
 * @param itemIds by index
 */
record NamedPairs(
    Pairs pairs, int[] userIndex, int[] itemIndex, String[] userIds, String[] itemIds) {
  /**
   * Reads them.
   *
   * @param rows user_id, item_id, strength
   */
  static NamedPairs of(Iterator<Row> rows) {
    Pairs pairs = new Pairs(0);
    Map<String, Integer> users = new LinkedHashMap<>();
    Map<String, Integer> items = new LinkedHashMap<>();
    rows.forEachRemaining(
        row ->
            pairs.add(
                number(users, row.getString(0)), number(items, row.getString(1)), row.getFloat(2)));
    String[] userIds = inOrder(users);
    String[] itemIds = inOrder(items);
    return new NamedPairs(
        pairs, indexes(users, userIds), indexes(items, itemIds), userIds, itemIds);
  }

  private static int number(Map<String, Integer> numbers, String id) {
    int next = numbers.size();
    Integer known = numbers.putIfAbsent(id, next);
    return known == null ? next : known;
  }

  private static String[] inOrder(Map<String, Integer> numbers) {
    return numbers.keySet().stream()
        .map(UTF8String::fromString)
        .sorted(Comparator.naturalOrder())
        .map(UTF8String::toString)
        .toArray(String[]::new);
  }

  private static int[] indexes(Map<String, Integer> numbers, String[] inOrder) {
    int[] byNumber = new int[inOrder.length];
    for (int index = 0; index < inOrder.length; index++) {
      byNumber[numbers.get(inOrder[index])] = index;
    }
    return byNumber;
  }

  /** The pairs of a block of users. */
  Pairs ofUsers(int block, int blocks) {
    return ofBlock(block, blocks, this::user, this::item);
  }

  /** The pairs of a block of items. */
  Pairs ofItems(int block, int blocks) {
    return ofBlock(block, blocks, this::item, this::user);
  }

  private int user(int pair) {
    return userIndex[pairs.own(pair)];
  }

  private int item(int pair) {
    return itemIndex[pairs.other(pair)];
  }

  private Pairs ofBlock(int block, int blocks, IntUnaryOperator own, IntUnaryOperator other) {
    Pairs ofBlock = new Pairs(block);
    for (int pair = 0; pair < pairs.size(); pair++) {
      int index = own.applyAsInt(pair);
      if (index % blocks == block) {
        ofBlock.add(index, other.applyAsInt(pair), pairs.strength(pair));
      }
    }
    return ofBlock;
  }
}
