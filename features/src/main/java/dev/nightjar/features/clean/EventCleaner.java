package dev.nightjar.features.clean;

import static dev.nightjar.features.table.CleanEvents.EVENT_ID;
import static dev.nightjar.features.table.CleanEvents.EVENT_TIME;
import static dev.nightjar.features.table.CleanEvents.EVENT_TYPE;
import static dev.nightjar.features.table.CleanEvents.ITEM_ID;
import static dev.nightjar.features.table.CleanEvents.PRICE;
import static dev.nightjar.features.table.CleanEvents.QUANTITY;
import static dev.nightjar.features.table.CleanEvents.RATING;
import static dev.nightjar.features.table.CleanEvents.SESSION_ID;
import static dev.nightjar.features.table.CleanEvents.USER_ID;
import static dev.nightjar.features.table.RejectedEvents.REASON;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.features.table.RejectedEvents;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Decides for each event of a source whether it is kept, and into which day it goes.
 *
 * <p>Whatever a row's fate depends on lies within one shop-local day (duplicates, bots, sessions),
 * so a day that is built again alone gives the same rows. docs/sources.md gives the rules with
 * their reasons.
 */
public final class EventCleaner {
  /** Shop-local day into whose partition a row goes. */
  public static final String DAY = "day";

  private static final String SECOND = "_second";
  private static final String OWNER = "_owner";
  private static final String KEY = "_key";
  private static final String COPY = "_copy";
  private static final String START = "_start";

  private EventCleaner() {}

  /**
   * Checks every row that belongs to one of {@code days}.
   *
   * @param mapped rows of {@link InputTable#EVENTS}
   * @param days the shop-local days that are built
   * @param night the day that the night closes: where a row goes that tells neither its time nor
   *     its file's day
   * @return the columns of {@link CleanEvents} and {@link RejectedEvents} and {@link #DAY}; {@code
   *     reason} is null in a row that is kept. Unordered; persist it, since both {@link #kept} and
   *     {@link #rejected} start from it
   */
  public static Dataset<Row> check(
      Dataset<Row> mapped,
      List<LocalDate> days,
      LocalDate night,
      ShopConfig shop,
      CleanConfig clean) {
    Dataset<Row> rows = placed(mapped, days, night, shop, clean);
    rows = rows.withColumn(REASON, rowReason(shop, clean));
    rows = markDuplicates(rows, clean);
    rows = markBots(rows, clean);
    rows = cutSessions(rows, clean);
    return rows.select(checkedColumns());
  }

  /** The rows that are kept: the columns of {@link CleanEvents} and {@link #DAY}. */
  public static Dataset<Row> kept(Dataset<Row> checked) {
    return checked.where(col(REASON).isNull()).select(columns(CleanEvents.TABLE.columns()));
  }

  /** The rows that are refused: the columns of {@link RejectedEvents} and {@link #DAY}. */
  public static Dataset<Row> rejected(Dataset<Row> checked) {
    return checked.where(col(REASON).isNotNull()).select(columns(RejectedEvents.TABLE.columns()));
  }

  private static Column[] columns(String[] names) {
    List<Column> columns = new ArrayList<>();
    Arrays.stream(names).forEach(name -> columns.add(col(name)));
    columns.add(col(DAY));
    return columns.toArray(Column[]::new);
  }

  /** Gives each row its day and leaves out those of other days. */
  private static Dataset<Row> placed(
      Dataset<Row> mapped,
      List<LocalDate> days,
      LocalDate night,
      ShopConfig shop,
      CleanConfig clean) {
    Column fileDay = col(InputTable.SOURCE_DAY);
    Column eventDay = eventDay(shop);
    Column inTime = eventDay.between(date_sub(fileDay, clean.lateDays()), fileDay);
    Column day =
        when(fileDay.isNull(), coalesce(eventDay, lit(Date.valueOf(night))))
            .when(inTime, eventDay)
            .otherwise(fileDay);
    return mapped
        .withColumn(DAY, day)
        .where(col(DAY).isin(days.stream().map(Date::valueOf).toArray()))
        .withColumn(EVENT_TYPE, lower(col(EVENT_TYPE)))
        .withColumnRenamed(InputTable.RAW, RejectedEvents.RAW)
        .withColumnRenamed(InputTable.SOURCE_PATH, RejectedEvents.SOURCE_PATH);
  }

  /** Day of the event in the shop's zone. */
  private static Column eventDay(ShopConfig shop) {
    return to_date(from_utc_timestamp(col(EVENT_TIME), shop.zone().getId()));
  }

  /** The first rule that a row breaks by itself; null where it breaks none. */
  private static Column rowReason(ShopConfig shop, CleanConfig clean) {
    Column type = col(EVENT_TYPE);
    Column fileDay = col(InputTable.SOURCE_DAY);
    Column eventDay = eventDay(shop);
    Column unreadable = col(InputTable.UNREADABLE);
    Column needsItem = type.isNull().or(not(type.isin(EventTypes.SEARCH, EventTypes.APP_OPEN)));
    Column isBeforeOpened =
        shop.opened().map(opened -> eventDay.lt(lit(Date.valueOf(opened)))).orElse(lit(false));
    Column isNoNumber =
        array_contains(unreadable, PRICE)
            .or(array_contains(unreadable, QUANTITY))
            .or(array_contains(unreadable, RATING));
    return when(col(InputTable.MALFORMED), code(RejectReason.MALFORMED_ROW))
        .when(col(EVENT_TIME).isNull(), code(RejectReason.UNREADABLE_TIME))
        .when(col(USER_ID).isNull(), code(RejectReason.MISSING_USER))
        .when(col(ITEM_ID).isNull().and(needsItem), code(RejectReason.MISSING_ITEM))
        .when(
            type.isNull().or(not(type.isin(EventTypes.ALL.toArray()))),
            code(RejectReason.UNKNOWN_EVENT_TYPE))
        .when(eventDay.gt(fileDay), code(RejectReason.TIME_IN_FUTURE))
        .when(isBeforeOpened, code(RejectReason.BEFORE_OPENED))
        .when(eventDay.lt(date_sub(fileDay, clean.lateDays())), code(RejectReason.TOO_LATE))
        .when(isNoNumber, code(RejectReason.UNREADABLE_NUMBER))
        .when(col(PRICE).lt(0), code(RejectReason.NEGATIVE_PRICE))
        .when(col(PRICE).lt(clean.minPrice()), code(RejectReason.PRICE_BELOW_MINIMUM))
        .when(col(QUANTITY).leq(0), code(RejectReason.NON_POSITIVE_QUANTITY));
  }

  private static Column code(RejectReason reason) {
    return lit(reason.code());
  }

  /**
   * Refuses all but one of the rows that are the same event, and gives an id to an event without
   * one. Refused rows take part alone, each under a key of its own, so that they neither hide a
   * good row nor gather in one task.
   */
  private static Dataset<Row> markDuplicates(Dataset<Row> rows, CleanConfig clean) {
    Column given = col(EVENT_ID).isNotNull();
    Column isGood = col(REASON).isNull();
    Column alone =
        xxhash64(col(RejectedEvents.RAW), col(RejectedEvents.SOURCE_PATH)).cast("string");
    Column key =
        when(not(isGood), concat(lit("r"), alone))
            .when(given, concat(lit("i"), col(EVENT_ID)))
            .otherwise(concat(lit("c"), contentDigest()));
    WindowSpec copies =
        Window.partitionBy(col(DAY), col(KEY))
            .orderBy(col(RejectedEvents.SOURCE_PATH), col(RejectedEvents.RAW), col(EVENT_TIME));
    Column isCopy = isGood.and(col(COPY).gt(1));
    Column isRefused =
        clean.duplicates() == CleanConfig.Duplicates.REJECT ? isCopy : isCopy.and(given);
    Column digest = col(KEY).substr(lit(2), lit(32));
    Column id =
        coalesce(
            col(EVENT_ID),
            when(col(COPY).equalTo(1), digest).otherwise(concat_ws("-", digest, col(COPY))));
    return rows.withColumn(QUANTITY, coalesce(col(QUANTITY), lit(1)))
        .withColumn(SECOND, col(EVENT_TIME).cast("long"))
        .withColumn(KEY, key)
        .withColumn(COPY, row_number().over(copies))
        .withColumn(REASON, when(isRefused, code(RejectReason.DUPLICATE)).otherwise(col(REASON)))
        .withColumn(EVENT_ID, id);
  }

  /** Digest of every mapped column, the time cut to its second. */
  private static Column contentDigest() {
    List<Column> parts = new ArrayList<>();
    for (String column : InputTable.EVENTS.columns()) {
      if (!column.equals(EVENT_ID)) {
        Column part = col(column.equals(EVENT_TIME) ? SECOND : column).cast("string");
        parts.add(coalesce(part, lit("\u0000")));
      }
    }
    return md5(concat_ws("\u001f", parts.toArray(Column[]::new)).cast("binary"));
  }

  /** Refuses the views and searches of a minute or day in which a user has too many. */
  private static Dataset<Row> markBots(Dataset<Row> rows, CleanConfig clean) {
    Column owner =
        when(col(REASON).isNull(), col(USER_ID)).otherwise(concat(lit("\u0000"), col(KEY)));
    Column isLook =
        col(REASON).isNull().and(col(EVENT_TYPE).isin(EventTypes.VIEW, EventTypes.SEARCH));
    Column look = when(isLook, 1);
    WindowSpec day = Window.partitionBy(col(OWNER), col(DAY));
    Column minutely = col(SECOND).minus(col(SECOND).mod(60));
    WindowSpec minute = Window.partitionBy(col(OWNER), col(DAY), minutely);
    Column isBot =
        count(look)
            .over(day)
            .gt(clean.botViewsPerDay())
            .or(count(look).over(minute).gt(clean.botViewsPerMinute()));
    return rows.withColumn(OWNER, owner)
        .withColumn(REASON, when(isLook.and(isBot), code(RejectReason.BOT)).otherwise(col(REASON)));
  }

  /** Keeps the shop's session; else a new one begins after a gap, and with each day. */
  private static Dataset<Row> cutSessions(Dataset<Row> rows, CleanConfig clean) {
    Column isOpen = col(REASON).isNull().and(col(SESSION_ID).isNull());
    WindowSpec inOrder =
        Window.partitionBy(col(OWNER), col(DAY), isOpen).orderBy(col(SECOND), col(EVENT_ID));
    Column before = lag(col(SECOND), 1).over(inOrder);
    Column begins =
        before.isNull().or(col(SECOND).minus(before).gt(clean.sessionGapMinutes() * 60L));
    Column start =
        last(col(START), true)
            .over(inOrder.rowsBetween(Window.unboundedPreceding(), Window.currentRow()));
    return rows.withColumn(START, when(begins, col(SECOND)))
        .withColumn(SESSION_ID, coalesce(col(SESSION_ID), concat_ws("-", col(USER_ID), start)));
  }

  private static Column[] checkedColumns() {
    List<Column> columns = new ArrayList<>();
    Arrays.stream(CleanEvents.TABLE.columns()).forEach(name -> columns.add(col(name)));
    columns.add(col(REASON));
    columns.add(when(col(REASON).isNotNull(), col(RejectedEvents.RAW)).as(RejectedEvents.RAW));
    columns.add(col(RejectedEvents.SOURCE_PATH));
    columns.add(col(DAY));
    return columns.toArray(Column[]::new);
  }
}
