package dev.nightjar.features.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.config.ConfigProblems;
import dev.nightjar.features.config.Configs;
import dev.nightjar.features.config.ShopConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourceConfigTest {
  private static final String REQUIRED = "user_id = u, event_type = t, event_time = x";

  @Test
  void defaultsAreThoseOfTheReference() {
    SourcesConfig sources =
        SourcesConfig.from(
            section("sources", "sources.events { path = a, columns {" + REQUIRED + "} }"));
    assertEquals(
        """
        table = events
        path = a
        format = csv
        source_columns = []
        event_time = x
        event_type = t
        user_id = u
        lookback_days = 30
        kind = null
        max_age_days = null
        min_rows_share = 0.5
        max_rows_share = 3.0
        max_share_rise = 0.1
        otherwise = null
        """,
        Configs.text(sources.events()));
    assertEquals(Optional.empty(), sources.of(InputTable.ITEMS));
    assertEquals(
        """
        history_days = 400
        late_days = 2
        max_reject_share = 0.2
        max_guest_share = 0.9
        bot_views_per_minute = 120
        bot_views_per_day = 3000
        session_gap_minutes = 30
        min_price = 0.0
        duplicates = reject
        not_a_user = [null, (null), <null>, [null], \\N, none, (none), nil, undefined, nan, n/a, #n/a, na, -, 0, -1, guest, guests, anonymous, anon, unknown, (not set), true, false, [object object], {}, 00000000-0000-0000-0000-000000000000]
        """,
        Configs.text(clean()));
    assertEquals(
        """
        zone = UTC
        opened = null
        consent_by_default = false
        consent_releases = false
        """,
        Configs.text(Configs.of(ShopConfig.class, "shop")));
  }

  @Test
  void everyKeyIsRead() {
    SourceConfig items =
        SourcesConfig.from(
                section(
                    "sources",
                    "sources.events { path = a, columns {"
                        + REQUIRED
                        + "} }, sources.items { path = \"b/{date}\", format = CSV, lookback_days = 3,"
                        + " kind = snapshot, options { header = false, sep = \";\" }, source_columns = [p, q],"
                        + " expect { max_age_days = 9, min_rows_share = 0, max_rows_share = 2.5,"
                        + " max_share_rise = 0.2, otherwise = stop },"
                        + " columns { item_id = p, price = 1 } }"))
            .of(InputTable.ITEMS)
            .orElseThrow();
    assertEquals(
        """
        table = items
        path = b/{date}
        format = csv
        header = false
        sep = ;
        source_columns = [p, q]
        item_id = p
        price = 1
        lookback_days = 3
        kind = snapshot
        max_age_days = 9
        min_rows_share = 0.0
        max_rows_share = 2.5
        max_share_rise = 0.2
        otherwise = stop
        """,
        Configs.text(items));
    assertEquals(Map.of("header", "false", "sep", ";"), items.options());
    assertEquals(Map.of("item_id", "p", "price", "1"), items.columns());
    String clean =
        """
        history_days = 9
        late_days = 1
        max_reject_share = 0.5
        max_guest_share = 0.75
        bot_views_per_minute = 2
        bot_views_per_day = 3
        session_gap_minutes = 4
        min_price = 0.25
        duplicates = keep
        not_a_user = [Gast, x]
        """;
    assertEquals(clean, Configs.text(clean(clean)));
    String shop =
        """
        zone = Asia/Tokyo
        opened = 2020-01-31
        consent_by_default = true
        consent_releases = true
        """;
    assertEquals(shop, Configs.text(Configs.shop(shop)));
  }

  @Test
  void everythingThatIsWrongWithASourceIsReportedAtOnce() {
    Config sources =
        section(
            "sources",
            "sources.events { path = a, format = xml, lookback_days = -1, source_columns = [p],"
                + " columns { user_idd = u, event_type = t, event_time = x } }");
    assertEquals(
        List.of(
            "sources.events.format must be csv, json or parquet, got xml",
            "sources.events.lookback_days must be 0 or more, got -1",
            "sources.events.source_columns are only for format = csv with options.header = false",
            "sources.events.columns.user_idd is no column of this input: one of event_id, user_id,"
                + " item_id, event_type, event_time, session_id, price, quantity, rating, query,"
                + " device, scene; did you mean user_id?",
            "sources.events.columns.user_id is required and missing: give an expression for it"),
        problems(() -> SourcesConfig.from(sources)));
  }

  @Test
  void readerOptionsThatSparkCannotTakeAreRefused() {
    Config sources =
        section(
            "sources",
            "sources.events { path = a, columns {"
                + REQUIRED
                + "}, options { encoding = utf-9, multiLine = maybe, Sep = \"\", quote = \"''\","
                + " escape = \"\", charset = \"?\", maxColumns = many, nullValue = NA } }");
    assertEquals(
        List.of(
            "sources.events.options.Sep must be the text between two columns, such as \";\" or"
                + " \"\\t\", got \"\"",
            "sources.events.options.charset must be a charset such as UTF-8, got \"?\"",
            "sources.events.options.encoding must be a charset such as UTF-8, got \"utf-9\"",
            "sources.events.options.maxColumns must be left out: rows of any length are read, got \"many\"",
            "sources.events.options.multiLine must be true or false, got \"maybe\"",
            "sources.events.options.quote must be one character, or nothing, got \"''\""),
        problems(() -> SourcesConfig.from(sources)));
  }

  @Test
  void kindsUnknownKeysRulesAndSyntaxAreReportedAtOnce() {
    Config sources =
        section(
            "sources",
            "sources.events { path = [a], format = xml, lookback_days = soon, opt = 1,"
                + " columns { "
                + REQUIRED
                + ", colour = c, price = \"p * (2\" } }, sources.items { lookback_days = 1.5,"
                + " options = none, columns { item_id = i } }, sources.users = 3,"
                + " sources.pushes { path = p, expect { max_age = 3 }, columns { push_id = p,"
                + " user_id = u, sent_at = s } }, sources.suppressions { path = s, columns {"
                + " user_id = u }, expect { max_age_days = -1, max_share_rise = 2, otherwise = go } }");
    assertEquals(
        List.of(
            "the config key 'sources.events.opt' is not known: one of path, columns, expect,"
                + " format, kind, lookback_days, options, source_columns",
            "sources.events.lookback_days must be a whole number, got \"soon\"",
            "sources.events.path must be text, got [\"a\"]",
            "sources.events.format must be csv, json or parquet, got xml",
            "sources.events.columns.colour is no column of this input: one of event_id, user_id,"
                + " item_id, event_type, event_time, session_id, price, quantity, rating, query,"
                + " device, scene",
            "sources.events.columns.price = \"p * (2\" does not compile: Syntax error at or near end"
                + " of input. Write a Spark SQL expression over the source's columns",
            "sources.items.lookback_days must be a whole number, got 1.5",
            "sources.items.options must be a section, got \"none\"",
            "sources.items.path must name a file, folder or glob, got nothing",
            "sources.users must be a section with a path and columns, got 3",
            "the config key 'sources.pushes.expect.max_age' is not known: one of max_age_days,"
                + " max_rows_share, max_share_rise, min_rows_share, otherwise",
            "sources.suppressions.expect.otherwise must be stop or warn, got go",
            "sources.suppressions.expect.max_age_days must be 0 or more, got -1",
            "sources.suppressions.expect.max_share_rise must be between 0 and 1, got 2.0"),
        problems(() -> SourcesConfig.from(sources)));
  }

  @Test
  void eventsAreRequiredWhereANightNeedsThem() {
    SourcesConfig sources = SourcesConfig.from(section("sources", ""));
    assertEquals(1, problems(sources::events).size());
  }

  @Test
  void eachCleaningRuleIsRefusedOutsideItsRange() {
    assertEquals(
        List.of(
            "clean.history_days must be 1 or more, got 0",
            "clean.late_days must be 0 or more and below clean.history_days, got 2",
            "clean.max_reject_share must be between 0 and 1, got 1.5",
            "clean.bot_views_per_minute must be 1 or more, got 0",
            "clean.bot_views_per_day must be 1 or more, got 0",
            "clean.session_gap_minutes must be 1 or more, got 0",
            "clean.min_price must be 0 or more, got -1.0"),
        problems(
            () ->
                clean(
                    "history_days = 0, late_days = 2, max_reject_share = 1.5, min_price = -1",
                    "bot_views_per_minute = 0, bot_views_per_day = 0, session_gap_minutes = 0")));
    assertEquals(
        List.of(
            "clean.duplicates must be reject or keep, got sum",
            "clean.min_price must be 0 or more, got -1.0"),
        problems(() -> clean("duplicates = sum, min_price = -1")));
  }

  @Test
  void aShopNeedsAZoneAndADayThatExist() {
    assertEquals(
        List.of(
            "shop.zone must be an IANA zone such as Europe/London, got Mars/Olympus",
            "shop.opened must be a day such as 2020-01-31, got soon"),
        problems(() -> Configs.of(ShopConfig.class, "shop", "zone = Mars/Olympus, opened = soon")));
  }

  private static CleanConfig clean(String... over) {
    return Configs.of(CleanConfig.class, "clean", over);
  }

  private static List<String> problems(org.junit.jupiter.api.function.Executable check) {
    return assertThrows(ConfigProblems.class, check).messages();
  }

  private static Config section(String name, String text) {
    return ConfigFactory.parseString(text)
        .withFallback(ConfigFactory.parseResources("reference.conf"))
        .resolve()
        .getConfig(name);
  }
}
