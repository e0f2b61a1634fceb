package dev.nightjar.features.clean;

import static dev.nightjar.features.table.CleanEvents.EVENT_TIME;
import static dev.nightjar.features.table.CleanEvents.EVENT_TYPE;
import static dev.nightjar.features.table.CleanEvents.ITEM_ID;
import static dev.nightjar.features.table.CleanEvents.PRICE;
import static dev.nightjar.features.table.CleanEvents.QUANTITY;
import static dev.nightjar.features.table.CleanEvents.USER_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_date;

import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.refuse.Rule;
import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.TableColumn;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.NumericType;

/** The rules for events. All of them refuse the row; docs/sources.md explains each. */
public final class EventRules {
  private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);

  /** A day ends last in the zone of UTC-12. */
  private static final long HOURS_TO_THE_LAST_ZONE = 12;

  private EventRules() {}

  /** Every rule, in the order in which they are checked. */
  public static List<Rule> all(ShopConfig shop, CleanConfig clean) {
    return Stream.of(alone(shop, clean), copies(), bots())
        .flatMap(rules -> rules.rules().stream())
        .toList();
  }

  /** The rules that are checked on each row by itself. */
  static Rules alone(ShopConfig shop, CleanConfig clean) {
    Column type = col(EVENT_TYPE);
    Column fileDay = col(InputTable.SOURCE_DAY);
    Column day = eventDay(shop);
    Column needsItem = type.isNull().or(not(type.isin(EventTypes.SEARCH, EventTypes.APP_OPEN)));
    return events(
        Rules.reordered(),
        Rules.malformed(),
        Rules.wrongEncoding(InputTable.EVENTS),
        Rule.refuse(
            "unreadable_time",
            "the event time is missing or not a time of UTC, an offset or a place such as Europe/London",
            col(EVENT_TIME).isNull()),
        Rule.refuse(
            "missing_user",
            "no user_id, or a word of clean.not_a_user",
            col(USER_ID).isNull().or(clean.isNobody(col(USER_ID)))),
        Rule.refuse(
            "missing_item",
            "no item_id, except for search and app_open",
            col(ITEM_ID).isNull().and(needsItem)),
        Rule.refuse(
            "unknown_event_type",
            "not view, search, favorite, cart, purchase, return, rating or app_open, in any case",
            type.isNull().or(not(type.isin(EventTypes.ALL.toArray())))),
        Rule.refuse(
            "time_in_future",
            "the event's day is after its file's day, in whatever zone the file is cut",
            day.gt(fileDay).and(not(isOfANextDay(day)))),
        Rule.refuse(
            "before_opened",
            "the event's day is before shop.opened, or before 1990",
            isBeforeOpened(day, shop)),
        Rule.refuse(
            "too_late",
            "the event is more than clean.late_days days older than its file",
            day.lt(date_sub(fileDay, clean.lateDays()))),
        unreadableNumber(),
        Rule.refuse("negative_price", "price below 0", col(PRICE).lt(0)),
        Rule.refuse(
            "price_below_minimum",
            "price below clean.min_price (0 accepts what is free)",
            col(PRICE).lt(clean.minPrice())),
        Rule.refuse("non_positive_quantity", "quantity of 0 or less", col(QUANTITY).leq(0)));
  }

  /** True for an event of the day after its file's that a file cut in some zone may hold. */
  static Column isOfANextDay(Column day) {
    Column next = date_add(col(InputTable.SOURCE_DAY), 1);
    Column lastEnd = next.cast("timestamp").cast("long").plus(HOURS_TO_THE_LAST_ZONE * 3600);
    return day.equalTo(next).and(col(EVENT_TIME).cast("long").lt(lastEnd));
  }

  /** True for an event of before the shop, or of before there were such logs. */
  static Column isBeforeOpened(Column day, ShopConfig shop) {
    return coalesce(day.lt(lit(Date.valueOf(shop.opened().orElse(EARLIEST)))), lit(false));
  }

  private static Rule unreadableNumber() {
    List<String> numbers =
        InputTable.EVENTS.inputs().stream()
            .filter(column -> column.type() instanceof NumericType)
            .map(TableColumn::name)
            .toList();
    String last = numbers.get(numbers.size() - 1);
    return Rule.refuse(
        "unreadable_number",
        "%s or %s is present but not a number"
            .formatted(String.join(", ", numbers.subList(0, numbers.size() - 1)), last),
        numbers.stream().map(Rules::isUnreadable).reduce(Column::or).orElseThrow());
  }

  /** The rule for rows in which {@link Copies} found another row's event. */
  static Rules copies() {
    return events(
        Rule.refuse("duplicate", "another row of the same event is kept", col(Copies.IS_COPY)));
  }

  /** The rule for rows that {@link Bots} found to be a bot's. */
  static Rules bots() {
    return events(
        Rule.refuse(
            "bot",
            "more views and searches in a minute or a day than a person can make",
            col(Bots.IS_BOT)));
  }

  private static Rules events(Rule... rules) {
    return new Rules(InputTable.EVENTS, List.of(rules));
  }

  /** Day of the event in the shop's zone. */
  static Column eventDay(ShopConfig shop) {
    return to_date(from_utc_timestamp(col(EVENT_TIME), shop.zone().getId()));
  }
}
