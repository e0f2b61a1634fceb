package dev.nightjar.features.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.nightjar.features.AsOf;
import dev.nightjar.features.Compiled;
import dev.nightjar.features.Soak;
import dev.nightjar.features.TestSpark;
import dev.nightjar.features.catalog.CatalogItems;
import dev.nightjar.features.catalog.CatalogPushes;
import dev.nightjar.features.catalog.CatalogUsers;
import dev.nightjar.features.catalog.InputRules;
import dev.nightjar.features.catalog.Ledger;
import dev.nightjar.features.catalog.LocalTime;
import dev.nightjar.features.catalog.UserFiles;
import dev.nightjar.features.clean.CleanConfig;
import dev.nightjar.features.clean.EventCleaner;
import dev.nightjar.features.config.Binder;
import dev.nightjar.features.config.Configs;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.table.Items;
import dev.nightjar.features.table.Users;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The mappings in {@code conf/}, on rows of each shop's form, and on its data where it is there.
 */
@ExtendWith(Compiled.class)
class ShippedMappingsTest {
  private static final SparkSession SPARK = TestSpark.session();

  @TempDir Path folder;

  /** The settings in a mapping file. */
  private record Shop(SourcesConfig sources, ShopConfig shop, CleanConfig clean) {
    static Shop of(String name, String data) {
      Config config =
          ConfigFactory.parseMap(Map.of("data", data))
              .withFallback(ConfigFactory.parseFile(new File("../conf/" + name + ".conf")))
              .withFallback(ConfigFactory.parseResources("reference.conf"))
              .resolve();
      return new Shop(
          SourcesConfig.from(config.getConfig("sources")),
          Binder.bind(ShopConfig.class, config.getConfig("shop"), "shop"),
          Binder.bind(CleanConfig.class, config.getConfig("clean"), "clean"));
    }

    Dataset<Row> read(InputTable table, LocalDate from, LocalDate to) {
      SourceConfig source = sources.of(table).orElseThrow();
      return SourceReader.read(SPARK, source, SourceReader.files(SPARK, source, from, to));
    }

    Dataset<Row> checked(InputTable table, LocalDate from, LocalDate to) {
      return InputRules.of(table, clean).check(read(table, from, to));
    }

    Dataset<Row> check(LocalDate from, LocalDate to) {
      List<LocalDate> days = from.datesUntil(to.plusDays(1)).toList();
      return EventCleaner.check(read(InputTable.EVENTS, from, to), days, to, shop, clean);
    }
  }

  @Test
  void everyMappingIsValid() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../conf"))) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".conf"))
              .map(name -> name.replace(".conf", ""))
              .sorted()
              .toList();
      assertTrue(names.contains("nightjar"), names.toString());
      names.forEach(name -> Shop.of(name, "."));
    }
  }

  @Test
  void alibabaRowsAreChineseDaysWithoutAHeader() throws IOException {
    Files.writeString(
        folder.resolve("UserBehavior.csv"),
        """
        1,2268318,2520377,pv,1511544070
        1,2333346,2520771,buy,1511625599
        1,2576651,149192,fav,1511625600
        """);
    LocalDate day = LocalDate.of(2017, 11, 25);
    assertEquals(
        List.of("1 2268318 view 2017-11-25 1", "1 2333346 purchase 2017-11-25 23"),
        kept(Shop.of("alibaba", folder.toString()), day));
  }

  @Test
  void retailRocketRowsHaveMilliseconds() throws IOException {
    Files.writeString(
        folder.resolve("events.csv"),
        """
        timestamp,visitorid,event,itemid,transactionid
        1433221332117,257597,view,355908,
        1433224214164,992329,addtocart,248676,
        1433222276276,599528,transaction,356475,4000
        """);
    LocalDate day = LocalDate.of(2015, 6, 2);
    assertEquals(
        List.of(
            "257597 355908 view 2015-06-02 5",
            "599528 356475 purchase 2015-06-02 5",
            "992329 248676 cart 2015-06-02 5"),
        kept(Shop.of("retailrocket", folder.toString()), day));
  }

  /** The events of a day, in the local time of the shop. */
  private static List<String> kept(Shop shop, LocalDate day) {
    Dataset<Row> nobody = TestSpark.dataset(Users.SCHEMA, List.of());
    return LocalTime.of(EventCleaner.kept(shop.check(day, day)), nobody, shop.shop().zone())
        .selectExpr("concat_ws(' ', user_id, item_id, event_type, local_date, local_hour)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  @Soak
  @Test
  void onlineRetailGivesTheCountsOfItsRawFiles() {
    LocalDate first = LocalDate.of(2010, 12, 1);
    LocalDate night = LocalDate.of(2011, 10, 31);
    Shop shop = Shop.of("online-retail", data("online-retail"));
    Dataset<Row> checked = shop.check(first, night).persist();
    try {
      assertEquals(ONLINE_RETAIL, reasons(checked));
      EventCleaner.kept(checked)
          .repartition(org.apache.spark.sql.functions.col("day"))
          .write()
          .partitionBy("day")
          .parquet(folder.resolve("clean").toString());

      AsOf asOf = new AsOf(night, shop.shop().zone());
      Dataset<Row> items =
          CatalogItems.compute(
              shop.checked(InputTable.ITEMS, night.minusDays(30), night),
              EventCleaner.kept(checked),
              asOf);
      Row item = items.where("item_id = '85123A'").first();
      assertEquals("WHITE HANGING HEART T-LIGHT HOLDER", item.<String>getAs(Items.TITLE));
      Dataset<Row> users =
          CatalogUsers.compute(
              none(InputTable.USERS),
              UserFiles.CHANGES,
              Users.TABLE.empty(SPARK),
              EventCleaner.kept(checked),
              CatalogPushes.compute(none(InputTable.PUSHES), asOf),
              Ledger.none(SPARK).consents(),
              asOf,
              shop.shop());
      Row user = users.where("user_id = '17850'").first();
      assertEquals("Europe/London", user.<String>getAs(Users.ZONE));
    } finally {
      checked.unpersist();
    }
  }

  private static Dataset<Row> none(InputTable table) {
    return InputRules.of(table, Configs.of(CleanConfig.class, "clean"))
        .check(SourceReader.none(SPARK, table));
  }

  @Test
  void rees46GivesTheCountsOfItsRawFile() {
    LocalDate night = LocalDate.of(2019, 10, 1);
    Shop shop = Shop.of("rees46", data("rees46"));
    Dataset<Row> checked = shop.check(night, night).persist();
    try {
      assertEquals(REES46, reasons(checked));
      Row item =
          CatalogItems.compute(
                  shop.checked(InputTable.ITEMS, night, night),
                  EventCleaner.kept(checked),
                  new AsOf(night, shop.shop().zone()))
              .where("item_id = '3900821'")
              .first();
      assertEquals("appliances/environment/water_heater", item.<String>getAs(Items.CATEGORY));
      assertEquals("aqua", item.<String>getAs(Items.BRAND));
      assertEquals(33.2, item.<Double>getAs(Items.PRICE));
    } finally {
      checked.unpersist();
    }
  }

  /** As counted by scripts/check_counts.py, which shares no code with the cleaner. */
  private static final Map<String, Long> ONLINE_RETAIL =
      Map.of("(kept)", 323_544L, "missing_user", 108_103L, "price_below_minimum", 26L);

  /** As counted by scripts/check_counts.py. */
  private static final Map<String, Long> REES46 =
      Map.of("(kept)", 17_429L, "duplicate", 5L, "malformed_row", 1L);

  private static Map<String, Long> reasons(Dataset<Row> checked) {
    Map<String, Long> counts = new TreeMap<>();
    checked
        .groupBy("_broken.reason")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.isNullAt(0) ? "(kept)" : row.getString(0), row.getLong(1)));
    return counts;
  }

  private static String data(String shop) {
    String root = System.getenv("NIGHTJAR_DATA");
    Assumptions.assumeTrue(
        root != null, "set NIGHTJAR_DATA to a folder that holds " + shop + "/ to run this test");
    return Path.of(root, shop).toString();
  }
}
