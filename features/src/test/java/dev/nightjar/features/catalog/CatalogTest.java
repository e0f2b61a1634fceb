package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.Configs;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.Effect;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.table.CleanEvents;
import dev.nightjar.features.table.Consents;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.PushLog;
import dev.nightjar.features.table.Pushes;
import dev.nightjar.features.table.RejectedRows;
import dev.nightjar.features.table.Suppressions;
import dev.nightjar.features.table.Users;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final LocalDate D = LocalDate.of(2026, 3, 10);
  private static final AsOf AS_OF = new AsOf(D, ZoneId.of("UTC"));
  private static final CleanConfig CLEAN = Configs.of(CleanConfig.class, "clean");
  private static final ShopConfig SHOP = Configs.shop("zone = Europe/London");

  @Test
  void itemsAreThoseListedAndThoseSeenWithTheNewestValueOfEach() {
    Dataset<Row> mapped =
        mapped(
            InputTable.ITEMS,
            Map.of("item_id", "i1", "title", "old", "brand", "acme", "_source_day", day(8)),
            Map.of("item_id", "i1", "title", "new", "_source_day", day(9)),
            Map.of("item_id", "i1", "title", "tomorrow's", "updated_at", at("2026-03-11 00:00:00")),
            Map.of("item_id", "i2", "created_at", at("2026-03-11 08:00:00")),
            Map.of("title", "no id"));
    Dataset<Row> events =
        events(
            event("u1", "i1", "2026-03-01 10:00:00", 5.0),
            event("u1", "i3", "2026-03-02 10:00:00", 3.0),
            event("u1", "i3", "2026-03-03 10:00:00", 4.0),
            event("u1", "i3", "2026-03-04 10:00:00", null),
            event("u1", "i3", "2026-03-11 00:00:00", 9.0));
    Dataset<Row> items = CatalogItems.compute(mapped, events, AS_OF);
    assertEquals("", Items.TABLE.differenceTo(items.schema()));
    assertEquals(
        List.of(
            "[i1,new,null,acme,5.0,null,2026-03-01 10:00:00.0,null,null,true]",
            "[i3,null,null,null,4.0,null,2026-03-02 10:00:00.0,null,null,false]"),
        texts(items));
  }

  @Test
  void usersHaveTheShopsZoneAndConsentWhereTheirOwnAreAbsentOrInvalid() {
    Dataset<Row> mapped =
        mapped(
            InputTable.USERS,
            Map.of(
                "user_id",
                "u1",
                "zone",
                "Asia/Tokyo",
                "consent",
                true,
                "quiet_from",
                "9:30",
                "quiet_to",
                "17:00"),
            Map.of("user_id", "u2", "zone", "Mars/Olympus", "quiet_from", "25:00"),
            Map.of("user_id", "u3", "_unreadable", List.of("consent")));
    Dataset<Row> events = events(event("u4", "i1", "2026-03-01 10:00:00", null));
    Dataset<Row> pushes =
        pushes(Map.of("push_id", "p1", "user_id", "u5", "sent_at", at("2026-03-02 10:00:00")));
    ShopConfig vouching = Configs.shop("zone = Europe/London, consent_by_default = true");
    Dataset<Row> users = users(mapped, events, pushes, vouching);
    assertEquals("", Users.TABLE.differenceTo(users.schema()));
    assertEquals(
        List.of(
            "[u1,Asia/Tokyo,true,null,null,true,09:30,17:00,null]",
            "[u2,Europe/London,false,null,null,true,null,null,null]",
            "[u3,Europe/London,false,null,null,false,null,null,null]",
            "[u4,Europe/London,false,null,2026-03-01 10:00:00.0,true,null,null,null]",
            "[u5,Europe/London,false,null,null,true,null,null,null]"),
        texts(users));
  }

  @Test
  void whoChangedTheProfileAfterTheNightKeepsTheSleepThatTheListGives() {
    Map<String, Object> sleep =
        Map.of("zone", "Asia/Tokyo", "quiet_from", "08:00", "quiet_to", "22:00");
    Map<String, Object> edited = new TreeMap<>(sleep);
    edited.putAll(Map.of("user_id", "u1", "updated_at", at("2026-03-11 01:00:00"), "locale", "ja"));
    Map<String, Object> later = new TreeMap<>(sleep);
    later.putAll(Map.of("user_id", "u2", "updated_at", at("2026-03-13 01:00:00")));
    Dataset<Row> users =
        users(
            mapped(InputTable.USERS, edited, later),
            events(event("u2", "i1", "2026-03-01 10:00:00", null)),
            pushes(),
            Configs.shop("zone = Europe/London, consent_by_default = true"));
    assertEquals(
        List.of(
            "[u1,Asia/Tokyo,true,null,null,true,08:00,22:00,null]",
            "[u2,Europe/London,false,null,2026-03-01 10:00:00.0,true,null,null,null]"),
        texts(users));
  }

  @Test
  void reportsOfOnePushAreOnePushAndWhatComesLaterIsNotKnown() {
    Dataset<Row> pushes =
        pushes(
            Map.of(
                "push_id",
                "p1",
                "user_id",
                "u1",
                "sent_at",
                at("2026-03-09 10:00:00"),
                "propensity",
                0.5),
            Map.of(
                "push_id",
                "p1",
                "user_id",
                "u1",
                "sent_at",
                at("2026-03-09 10:00:00"),
                "opened_at",
                at("2026-03-10 23:59:59"),
                "clicked_at",
                at("2026-03-11 00:00:00")),
            Map.of("push_id", "p2", "user_id", "u1", "sent_at", at("2026-03-11 00:00:00")),
            Map.of("push_id", "p3", "sent_at", at("2026-03-09 10:00:00")));
    assertEquals("", Pushes.TABLE.differenceTo(pushes.schema()));
    assertEquals(
        List.of("[p1,u1,null,null,2026-03-09 10:00:00.0,null,2026-03-10 23:59:59.0,null,null,0.5]"),
        texts(pushes));
  }

  @Test
  void thePushLogSaysWhatWasDroppedWhatItLeavesOpenAndHowFarItGoes() {
    Object sent = at("2026-03-09 10:00:00");
    Object dropped = at("2026-03-09 11:00:00");
    Dataset<Row> rows =
        mapped(
            InputTable.PUSHES,
            Map.of("push_id", "p1", "user_id", "u", "sent_at", sent, "_source_path", "b"),
            Map.of("push_id", "p2", "user_id", "u", "dropped_at", dropped, "_source_path", "b"),
            Map.of("push_id", "p3", "user_id", "u", "dropped_at", dropped, "sent_at", sent),
            Map.of("push_id", "p4", "user_id", "u", "_unreadable", List.of("sent_at")),
            Map.of("push_id", "p5", "user_id", "u", "dropped_at", dropped, "opened_at", dropped),
            Map.of("push_id", "p6", "user_id", "u", "dropped_at", at("2026-03-11 00:00:00")),
            Map.of("push_id", "p7", "user_id", "u", "dropped_at", dropped),
            Map.of("push_id", "p7", "user_id", "u"),
            Map.of("push_id", "p8", "user_id", "u", "_malformed", true),
            Map.of(
                "push_id",
                "p9",
                "user_id",
                "u",
                "sent_at",
                at("2026-03-08 10:00:00"),
                "_source_path",
                "log/2026-03-08.csv",
                "_source_day",
                day(8),
                "log_complete_through",
                at("2026-03-09 00:00:00")),
            Map.of(
                "push_id",
                "p10",
                "user_id",
                "u",
                "sent_at",
                sent,
                "_source_path",
                "log/2026-03-09.csv",
                "_source_day",
                day(9),
                "log_complete_through",
                at("2026-03-12 00:00:00")));
    Dataset<Row> log = CatalogPushLog.compute(rows, AS_OF);
    assertEquals("", PushLog.TABLE.differenceTo(log.schema()));
    assertEquals(
        List.of(
            "[dropped,p2,null,null]",
            "[inferred,null,b,2026-03-08 10:00:00.0]",
            "[inferred,null,null,2026-03-08 10:00:00.0]",
            "[stated,null,log/{date}.csv,2026-03-11 00:00:00.0]",
            "[unclear,p4,null,null]",
            "[unclear,p5,null,null]",
            "[unclear,p7,null,null]"),
        texts(log));
    assertEquals(
        List.of("p1", "p10", "p3", "p9"),
        CatalogPushes.compute(rows, AS_OF).select("push_id").collectAsList().stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList());
  }

  @Test
  void suppressionsHoldForTomorrowAndForThoseWhoUnsubscribed() {
    Dataset<Row> mapped =
        mapped(
            InputTable.SUPPRESSIONS,
            Map.of("user_id", "u1", "reason", "complaint"),
            Map.of("user_id", "u2", "reason", "bounce", "since", at("2026-03-11 20:00:00")),
            Map.of("user_id", "u3", "since", at("2026-03-13 00:00:00")));
    Dataset<Row> pushes =
        mapped(
            InputTable.PUSHES,
            Map.of(
                "push_id",
                "p1",
                "user_id",
                "u2",
                "sent_at",
                at("2026-03-09 10:00:00"),
                "unsubscribed_at",
                at("2026-03-09 11:00:00")),
            Map.of(
                "push_id",
                "p2",
                "user_id",
                "u4",
                "sent_at",
                at("2026-03-09 10:00:00"),
                "unsubscribed_at",
                at("2026-03-11 00:00:00")));
    Dataset<Row> suppressions = suppressions(mapped, pushes);
    assertEquals("", Suppressions.TABLE.differenceTo(suppressions.schema()));
    assertEquals(
        List.of(
            "[u1,complaint,null]",
            "[u2,bounce, unsubscribed,2026-03-09 11:00:00.0]",
            "[u3,null,2026-03-13 00:00:00.0]",
            "[u4,unsubscribed,2026-03-11 00:00:00.0]"),
        texts(suppressions));
  }

  @Test
  void aRowIsCountedForWhatDecidesAboutItsPermissionBeforeAllElse() {
    Dataset<Row> users =
        mapped(
            InputTable.USERS,
            Map.of("user_id", "7.0", "_unreadable", List.of("created_at", "consent")),
            Map.of("user_id", "8.0", "zone", "Mars/Olympus"),
            Map.of("user_id", "9.0"));
    Dataset<Row> pushes =
        mapped(
            InputTable.PUSHES,
            Map.of("user_id", "7.0", "_unreadable", List.of("opened_at", "unsubscribed_at")),
            Map.of("push_id", "7.0", "user_id", "u1", "_unreadable", List.of("bounced_at")));
    assertEquals(
        List.of("[altered_id]", "[unknown_zone]", "[unreadable_consent]"),
        texts(users.select(Checked.reason())));
    assertEquals(
        List.of("[unreadable_bounced_at]", "[unreadable_unsubscribed_at]"),
        texts(pushes.select(Checked.reason())));
  }

  @Test
  void rowsOfOtherInputsThatAreWrongAreReported() {
    Dataset<Row> users =
        mapped(
            InputTable.USERS,
            Map.of("user_id", "u1", "zone", "Asia/Tokyo"),
            Map.of("user_id", "u2", "zone", "Mars/Olympus"),
            Map.of("user_id", "u3", "quiet_to", "late"),
            Map.of("user_id", "u4", "_unreadable", List.of("created_at")),
            Map.of("zone", "Asia/Tokyo"),
            Map.of("_malformed", true));
    assertEquals(
        List.of(
            "invalid_quiet_hours",
            "malformed_row",
            "missing_user_id",
            "unknown_zone",
            "unreadable_created_at"),
        Checked.rejected(InputTable.USERS, users, lit(day(10)))
            .select(RejectedRows.REASON)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList());
  }

  @Test
  void aRowIsRefusedForWhatItNeedsAndLosesAValueForTheRest() {
    assertEquals(Effect.REFUSES_ROW, effect(InputTable.PUSHES, "malformed_row"));
    assertEquals(Effect.REFUSES_ROW, effect(InputTable.PUSHES, "unreadable_sent_at"));
    assertEquals(Effect.REFUSES_ROW, effect(InputTable.PUSHES, "missing_user_id"));
    assertEquals(Effect.BLANKS_VALUE, effect(InputTable.PUSHES, "unreadable_opened_at"));
    assertEquals(Effect.BLANKS_VALUE, effect(InputTable.USERS, "unknown_zone"));
  }

  private static Effect effect(InputTable input, String reason) {
    return InputRules.of(input, CLEAN).rule(reason).orElseThrow().effect();
  }

  @Test
  void everyUserOfACampaignWithOnePushIdWasSentAPush() {
    Dataset<Row> pushes =
        pushes(
            Map.of("push_id", "c1", "user_id", "u1", "sent_at", at("2026-03-09 10:00:00")),
            Map.of("push_id", "c1", "user_id", "u2", "sent_at", at("2026-03-09 10:00:00")),
            Map.of("push_id", "c1", "user_id", "u2", "sent_at", at("2026-03-09 10:00:00")));
    assertEquals(
        List.of(
            "[c1,u1,null,null,2026-03-09 10:00:00.0,null,null,null,null,null]",
            "[c1,u2,null,null,2026-03-09 10:00:00.0,null,null,null,null,null]"),
        texts(pushes));
  }

  @Test
  void whoMayHaveLeftIsSuppressedWhateverElseOfTheRowIsUnreadable() {
    Dataset<Row> mapped =
        mapped(
            InputTable.SUPPRESSIONS,
            Map.of("user_id", "u1", "reason", "bounce", "_malformed", true),
            Map.of("reason", "bounce"));
    Dataset<Row> pushes =
        mapped(
            InputTable.PUSHES,
            Map.of(
                "push_id",
                "p1",
                "user_id",
                "u2",
                "sent_at",
                at("2026-03-09 10:00:00"),
                "_unreadable",
                List.of("unsubscribed_at")));
    assertEquals(
        List.of("[u1,bounce,null]", "[u2,unsubscribed,2026-03-09 10:00:00.0]"),
        texts(suppressions(mapped, pushes)));
  }

  @Test
  void aRefusalHoldsThoughItsRowIsBrokenOrAheadOfTime() {
    Map<String, Object> yes = Map.of("user_id", "u1", "consent", true, "zone", "Asia/Tokyo");
    Dataset<Row> mapped =
        mapped(
            InputTable.USERS,
            yes,
            Map.of(
                "user_id",
                "u1",
                "_malformed",
                true,
                "_unreadable",
                List.of("consent"),
                "_source_day",
                day(9)),
            Map.of("user_id", "u2", "consent", true, "updated_at", at("2026-03-01 10:00:00")),
            Map.of(
                "user_id",
                "u2",
                "consent",
                false,
                "updated_at",
                at("2026-03-11 03:00:00"),
                "zone",
                "Asia/Tokyo"),
            Map.of("user_id", "u3", "consent", false, "created_at", at("2026-04-01 00:00:00")),
            Map.of("user_id", "u4", "consent", false, "updated_at", at("2026-03-14 00:00:00")),
            Map.of("user_id", "u5", "_malformed", true, "_unreadable", List.of("consent")));
    Dataset<Row> events =
        events(
            event("u3", "i1", "2026-03-01 10:00:00", null),
            event("u4", "i1", "2026-03-01 10:00:00", null));
    ShopConfig vouching = Configs.shop("zone = Europe/London, consent_by_default = true");
    assertEquals(
        List.of(
            "[u1,Asia/Tokyo,true,null,null,false,null,null,null]",
            "[u2,Asia/Tokyo,true,null,null,false,null,null,null]",
            "[u3,Europe/London,false,null,2026-03-01 10:00:00.0,false,null,null,null]",
            "[u4,Europe/London,false,null,2026-03-01 10:00:00.0,false,null,null,null]"),
        texts(users(mapped, events, pushes(), vouching)));
  }

  @Test
  void withoutInputsThereAreOnlyTheUsersAndItemsOfTheEvents() {
    Dataset<Row> events = events(event("u1", "i1", "2026-03-01 10:00:00", null));
    Dataset<Row> pushes = pushes();
    Dataset<Row> none = mapped(InputTable.USERS);
    Dataset<Row> noItems = mapped(InputTable.ITEMS);
    assertEquals(1, CatalogItems.compute(noItems, events, AS_OF).count());
    assertEquals(
        List.of("[u1,Europe/London,false,null,2026-03-01 10:00:00.0,false,null,null,null]"),
        texts(users(none, events, pushes, SHOP)));
  }

  @Test
  void whatWasSaidOfAUserStandsThoughItsFileIsGone() {
    Dataset<Row> events =
        events(
            event("gone", "i1", "2026-03-01 10:00:00", null),
            event("away", "i1", "2026-03-01 10:00:00", null));
    Dataset<Row> before =
        users(
            mapped(
                InputTable.USERS,
                sleeper("gone", "Asia/Tokyo", "08:00", "24:00"),
                sleeper("moved", "Asia/Tokyo", "08:00", "22:00"),
                sleeper("torn", "Asia/Tokyo", "08:00", "22:00"),
                Map.of("user_id", "away", "zone", "Mars/Olympus"),
                Map.of("user_id", "left", "zone", "Asia/Tokyo")),
            events,
            pushes(),
            SHOP);
    Dataset<Row> tonight =
        mapped(
            InputTable.USERS,
            Map.of("user_id", "moved", "zone", "Pacific/Auckland"),
            Map.of("user_id", "torn", "quiet_from", "soon"));

    assertEquals(
        List.of(
            "[away,Europe/London,false,null,null]",
            "[gone,Asia/Tokyo,true,08:00,24:00]",
            "[moved,Pacific/Auckland,true,08:00,22:00]",
            "[torn,Asia/Tokyo,true,null,null]"),
        sleep(users(tonight, UserFiles.CHANGES, before, events, pushes(), SHOP)));
    UserFiles list = new UserFiles(SourceConfig.Kind.SNAPSHOT, Optional.empty());
    assertEquals(
        List.of(
            "[away,Europe/London,false,null,null]",
            "[gone,Asia/Tokyo,true,08:00,24:00]",
            "[moved,Pacific/Auckland,true,null,null]",
            "[torn,Europe/London,false,null,null]"),
        sleep(users(tonight, list, before, events, pushes(), SHOP)));
  }

  private static Map<String, Object> sleeper(String user, String zone, String from, String to) {
    return Map.of("user_id", user, "zone", zone, "quiet_from", from, "quiet_to", to);
  }

  private static List<String> sleep(Dataset<Row> users) {
    return texts(
        users.select(
            Users.USER_ID, Users.ZONE, Users.IS_ZONE_KNOWN, Users.QUIET_FROM, Users.QUIET_TO));
  }

  private static Dataset<Row> users(
      Dataset<Row> checked, Dataset<Row> events, Dataset<Row> pushes, ShopConfig shop) {
    Dataset<Row> none = Users.TABLE.empty(TestSpark.session());
    return users(checked, UserFiles.CHANGES, none, events, pushes, shop);
  }

  private static Dataset<Row> users(
      Dataset<Row> checked,
      UserFiles files,
      Dataset<Row> before,
      Dataset<Row> events,
      Dataset<Row> pushes,
      ShopConfig shop) {
    Dataset<Row> consents =
        CatalogConsents.compute(checked, files, Consents.TABLE.empty(TestSpark.session()), AS_OF);
    return CatalogUsers.compute(checked, files, before, events, pushes, consents, AS_OF, shop);
  }

  private static Dataset<Row> suppressions(Dataset<Row> listed, Dataset<Row> pushes) {
    Ledger none = Ledger.none(TestSpark.session());
    return CatalogSuppressions.compute(
        CatalogSuppressions.listed(listed, AS_OF),
        pushes,
        none.releases(),
        none.suppressions(),
        AS_OF);
  }

  @SafeVarargs
  private static Dataset<Row> pushes(Map<String, Object>... rows) {
    return CatalogPushes.compute(mapped(InputTable.PUSHES, rows), AS_OF);
  }

  /** Checked rows of an input; columns that are not set are null. */
  @SafeVarargs
  private static Dataset<Row> mapped(InputTable table, Map<String, Object>... rows) {
    StructType schema = table.mappedSchema();
    List<Row> filled = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      TestRow cells =
          TestRow.of(schema)
              .set(InputTable.RAW, row.toString())
              .set(InputTable.MALFORMED, false)
              .set(InputTable.UNREADABLE, List.of());
      for (Map.Entry<String, Object> cell : row.entrySet()) {
        cells = cells.set(cell.getKey(), cell.getValue());
      }
      filled.add(cells.row());
    }
    return InputRules.of(table, CLEAN).check(TestSpark.dataset(schema, filled));
  }

  private static Row event(String user, String item, String time, Double price) {
    return TestRow.of(CleanEvents.SCHEMA)
        .set(CleanEvents.EVENT_TIME, at(time))
        .set(CleanEvents.EVENT_ID, user + item + time)
        .set(CleanEvents.USER_ID, user)
        .set(CleanEvents.ITEM_ID, item)
        .set(CleanEvents.EVENT_TYPE, "view")
        .set(CleanEvents.SESSION_ID, "s")
        .set(CleanEvents.PRICE, price)
        .set(CleanEvents.QUANTITY, 1)
        .row();
  }

  private static Dataset<Row> events(Row... rows) {
    return TestSpark.dataset(CleanEvents.SCHEMA, List.of(rows));
  }

  private static Timestamp at(String time) {
    return Timestamp.valueOf(time);
  }

  private static Date day(int ofMarch) {
    return Date.valueOf(LocalDate.of(2026, 3, ofMarch));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
