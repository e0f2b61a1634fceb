package dev.nightjar.features.clean;

import java.util.Locale;

/** Why a row is refused, in the order of the checks: the first that applies is the reason. */
public enum RejectReason {
  /** The row has more or fewer columns than its file, or is no JSON object. */
  MALFORMED_ROW,
  /** No event time, or one that is no time. */
  UNREADABLE_TIME,
  /** No user. */
  MISSING_USER,
  /** No item, where the event type needs one: all but {@code search} and {@code app_open}. */
  MISSING_ITEM,
  /** An event type that Nightjar does not know, or none. */
  UNKNOWN_EVENT_TYPE,
  /** The event's day is later than the day of its file. */
  TIME_IN_FUTURE,
  /** The event is older than {@code shop.opened}. */
  BEFORE_OPENED,
  /** The event is more than {@code clean.late_days} older than the day of its file. */
  TOO_LATE,
  /** Price, quantity or rating is there but is no number. */
  UNREADABLE_NUMBER,
  /** The price is below 0. */
  NEGATIVE_PRICE,
  /** The price is 0 or more but below {@code clean.min_price}. */
  PRICE_BELOW_MINIMUM,
  /** The quantity is 0 or less. */
  NON_POSITIVE_QUANTITY,
  /** Another row is the same event, and that one is kept. */
  DUPLICATE,
  /** A view or search of a user who has more of them in a minute or a day than a person can. */
  BOT;

  /** As written in {@code rejected_events.reason}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
