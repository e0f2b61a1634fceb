package dev.nightjar.training.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.TestRow;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.table.EventTypes;
import dev.nightjar.training.SyntheticShop;
import dev.nightjar.training.candidate.Candidates;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IntentFeaturesTest {
  /** A Monday. */
  private static final AsOf TONIGHT = new AsOf(LocalDate.parse("2026-12-21"), ZoneOffset.UTC);

  private static Map<String, Row> rows;

  @BeforeAll
  static void assemble() {
    SyntheticShop shop =
        new SyntheticShop(
            List.of(
                // ann: tea on two of her four days, not the last; a cup only looked at
                bought("ann", "pen", "2026-11-01"),
                bought("ann", "tea", "2026-11-11"),
                bought("ann", "tea", "2026-11-21"),
                bought("ann", "pen", "2026-12-01"),
                event("ann", "cup", EventTypes.VIEW, "2026-12-02"),
                // known at no moment before it
                bought("ann", "tea", "2026-12-22")),
            List.of("ann", "ben", "cy", "dee"),
            List.of("tea", "cup", "pen"),
            Map.of("ann", "de-DE", "ben", "fr-FR", "cy", "en"),
            Map.of());
    List<Row> pairs =
        List.of(
            candidate("ann", "tea"),
            candidate("ann", "cup"),
            candidate("ben", "tea"),
            candidate("cy", "tea"),
            candidate("dee", "tea"));
    rows =
        IntentFeatures.assemble(
                TestSpark.dataset(Candidates.SCHEMA, pairs), shop.at(TONIGHT), List.of())
            .collectAsList()
            .stream()
            .collect(
                Collectors.toMap(
                    row -> row.getString(0) + "|" + row.getString(1), Function.identity()));
  }

  @Test
  void placesThePurchasesOfAPairAmongThoseOfItsUser() {
    assertEquals(2.0, value("ann|tea", "f_pair_purchases"));
    assertEquals(2.0 / 4, value("ann|tea", "f_pair_purchase_share"));
    assertEquals(2.0 / 3, value("ann|tea", "f_pair_purchase_share_since_first"));
    assertEquals(1.0, value("ann|tea", "f_pair_purchase_days_since"));
    assertEquals(10.0, value("ann|tea", "f_pair_purchase_span_days"));
    assertEquals(4.0, value("ann|tea", "f_user_purchase_days"));
    assertEquals(10.0, value("ann|tea", "f_user_purchase_gap_days"));
    // last bought 20.5 days ago, every 10 days
    assertEquals(Math.log((20.5 + 1) / (10 + 1)), value("ann|tea", "f_user_due"), 1e-9);
  }

  @Test
  void whatNeverHappenedHasNoRhythm() {
    for (String feature :
        List.of(
            "f_pair_purchase_share",
            "f_pair_purchase_share_since_first",
            "f_pair_purchase_days_since",
            "f_pair_purchase_span_days",
            "f_pair_due")) {
      assertTrue(Double.isNaN(value("ann|cup", feature)), feature);
      assertTrue(Double.isNaN(value("ben|tea", feature)), feature);
    }
    assertEquals(0.0, value("ann|cup", "f_pair_purchases_90d"));
    assertEquals(0.0, value("ben|tea", "f_user_purchase_days"));
    assertTrue(Double.isNaN(value("ben|tea", "f_user_purchase_gap_days")));
    assertTrue(Double.isNaN(value("ben|tea", "f_user_due")));
  }

  @Test
  void knowsTheCalendarOfTheUsersCountry() {
    double turn = 2 * Math.PI * 356 / 365;
    for (String pair : List.of("ann|tea", "ben|tea", "cy|tea", "dee|tea")) {
      assertEquals(2.0, value(pair, "f_time_weekday"), pair);
      assertEquals(Math.sin(turn), value(pair, "f_time_season_sin"), 1e-12);
      assertEquals(Math.cos(turn), value(pair, "f_time_season_cos"), 1e-12);
    }
    // Germany keeps 25 and 26 December and 1 January, France 25 December and 1 January
    assertEquals(3.0, value("ann|tea", "f_time_holidays_14d"));
    assertEquals(2.0, value("ben|tea", "f_time_holidays_14d"));
    assertEquals(4.0, value("ann|tea", "f_time_days_to_holiday"));
    // neither a language alone nor a missing locale has a calendar
    assertTrue(Double.isNaN(value("cy|tea", "f_time_holidays_14d")));
    assertTrue(Double.isNaN(value("dee|tea", "f_time_days_to_holiday")));
  }

  private static double value(String pair, String feature) {
    return rows.get(pair).<Double>getAs(feature);
  }

  private static SyntheticShop.Event bought(String user, String item, String date) {
    return event(user, item, EventTypes.PURCHASE, date);
  }

  private static SyntheticShop.Event event(String user, String item, String type, String date) {
    return new SyntheticShop.Event(user, item, type, Instant.parse(date + "T12:00:00Z"), 1.0);
  }

  private static Row candidate(String user, String item) {
    return TestRow.of(Candidates.SCHEMA)
        .set(Candidates.USER_ID, user)
        .set(Candidates.ITEM_ID, item)
        .set(Candidates.SOURCES, List.of("popular"))
        .row();
  }
}
