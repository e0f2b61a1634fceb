package dev.nightjar.demo;

import dev.nightjar.demo.csv.CsvColumns;
import dev.nightjar.demo.csv.CsvText;

/**
 * One event of the shop's log.
 *
 * @param id the log's, unique; blank before the event is written
 * @param second UTC time in seconds since 1970
 * @param item number of the item, or -1
 * @param cents price of one unit, or -1
 * @param quantity units, or -1
 * @param rating 1 to 5, or -1
 */
record EventRow(
    String id,
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
  static final String EVENT_ID = "event_id";
  static final String USER_ID = "user_id";
  static final String ITEM_ID = "item_id";
  static final String EVENT_TYPE = "event_type";
  static final String EVENT_TIME = "event_time";
  static final String PRICE = "price";
  static final String QUANTITY = "quantity";
  static final String QUERY = "query";

  /** The event files' columns. */
  static final CsvColumns<EventRow> COLUMNS =
      new CsvColumns<EventRow>()
          .add(EVENT_ID, EventRow::id)
          .add(USER_ID, EventRow::user)
          .add(ITEM_ID, event -> event.item < 0 ? "" : DemoItem.id(event.item))
          .add(EVENT_TYPE, EventRow::type)
          .add(EVENT_TIME, event -> CsvText.time(event.second))
          .add("session_id", EventRow::session)
          .add(PRICE, event -> CsvText.money(event.cents))
          .add(QUANTITY, event -> CsvText.count(event.quantity))
          .add("rating", event -> CsvText.count(event.rating))
          .add(QUERY, EventRow::query)
          .add("device", EventRow::device)
          .add("scene", EventRow::scene);

  EventRow withId(String given) {
    return new EventRow(
        given, second, user, item, type, cents, quantity, rating, query, device, scene, session);
  }
}
