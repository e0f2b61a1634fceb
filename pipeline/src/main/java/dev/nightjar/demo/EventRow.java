package dev.nightjar.demo;

import java.time.Instant;
import java.util.List;

/**
 * One event of the shop as its log tells it.
 *
 * @param second UTC time in seconds since 1970
 * @param item number of the item, or -1
 * @param cents price of one unit, or -1
 * @param quantity units, or -1
 * @param rating 1 to 5, or -1
 */
record EventRow(
    long second,
    String user,
    int item,
    String type,
    int cents,
    int quantity,
    int rating,
    String query,
    String device,
    String scene,
    String session) {

  /** Names of the columns of {@link #columns}, as in the input schema. */
  static final List<String> HEADER =
      List.of(
          "event_id",
          "user_id",
          "item_id",
          "event_type",
          "event_time",
          "session_id",
          "price",
          "quantity",
          "rating",
          "query",
          "device",
          "scene");

  String[] columns(String eventId) {
    return new String[] {
      eventId,
      user,
      item < 0 ? "" : DemoItems.id(item),
      type,
      Instant.ofEpochSecond(second).toString(),
      session,
      cents < 0 ? "" : money(cents),
      quantity < 0 ? "" : Integer.toString(quantity),
      rating < 0 ? "" : Integer.toString(rating),
      query,
      device,
      scene
    };
  }

  static String money(int cents) {
    return cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
  }
}
