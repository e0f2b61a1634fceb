package dev.nightjar.training.candidate.item;

import java.io.Serializable;
import java.util.HashMap;

/** Numbers the shop's items from 0, in order of id. */
public final class ItemIndex implements Serializable {
  /** The result of {@link #of} for an item that the shop does not list. */
  public static final int UNKNOWN = -1;

  private static final long serialVersionUID = 1L;

  private final String[] ids;
  private final boolean[] isOffered;
  private final HashMap<String, Integer> numbers;

  /**
   * Numbers the items in their order.
   *
   * @param ids ascending
   * @param isOffered whether the item may be proposed: not out of stock
   */
  ItemIndex(String[] ids, boolean[] isOffered) {
    this.ids = ids;
    this.isOffered = isOffered;
    this.numbers = new HashMap<>();
    for (int item = 0; item < ids.length; item++) {
      numbers.put(ids[item], item);
    }
  }

  public int size() {
    return ids.length;
  }

  public String id(int item) {
    return ids[item];
  }

  public boolean isOffered(int item) {
    return isOffered[item];
  }

  public int of(String id) {
    Integer number = numbers.get(id);
    return number == null ? UNKNOWN : number;
  }
}
