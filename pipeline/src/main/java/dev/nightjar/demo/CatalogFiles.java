package dev.nightjar.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what the shop says of itself as of the last day: items, users, suppressions, settings. */
final class CatalogFiles {
  private static final List<String> SUPPRESSION_REASONS =
      List.of("complaint", "bounce", "legal_hold");

  private CatalogFiles() {}

  static void write(Path directory, DemoConfig config, DemoItems items, List<Shopper> shoppers)
      throws IOException {
    writeItems(directory, config, items);
    writeUsers(directory, shoppers);
    writeSuppressions(directory, shoppers);
    Files.writeString(
        directory.resolve("shop.conf"),
        "# The generated shop, to be included in a config.\n"
            + "shop.zone = \""
            + config.zone()
            + "\"\n"
            + "shop.opened = \""
            + config.opened()
            + "\"\n",
        StandardCharsets.UTF_8);
  }

  private static void writeItems(Path directory, DemoConfig config, DemoItems items)
      throws IOException {
    List<String> header =
        List.of(
            "item_id", "title", "category", "brand", "price", "stock", "created_at", "attributes");
    try (CsvFile file = new CsvFile(directory.resolve("items.csv"), header)) {
      for (int item = 0; item < items.size(); item++) {
        long created =
            items.launched(item, config.firstDate()).atStartOfDay(config.zone()).toEpochSecond();
        file.row(
            DemoItems.id(item),
            items.title(item),
            items.category(item).path(),
            items.brand(item),
            EventRow.money(items.cents(item)),
            Integer.toString(items.stock(item)),
            CsvFile.time(created),
            "{\"lot\":\"" + item % 17 + "\"}");
      }
    }
  }

  private static void writeUsers(Path directory, List<Shopper> shoppers) throws IOException {
    List<String> header =
        List.of(
            "user_id",
            "zone",
            "locale",
            "created_at",
            "consent",
            "quiet_from",
            "quiet_to",
            "attributes");
    try (CsvFile file = new CsvFile(directory.resolve("users.csv"), header)) {
      for (Shopper shopper : shoppers) {
        Person person = shopper.person;
        file.row(
            person.id(),
            person.statedZone(),
            person.locale(),
            CsvFile.time(person.createdSecond()),
            person.consent(),
            person.quietFrom(),
            person.quietTo(),
            "{\"device\":\"" + shopper.nature.device + "\"}");
      }
    }
  }

  private static void writeSuppressions(Path directory, List<Shopper> shoppers) throws IOException {
    List<String> header = List.of("user_id", "reason", "since");
    try (CsvFile file = new CsvFile(directory.resolve("suppressions.csv"), header)) {
      for (Shopper shopper : shoppers) {
        Person person = shopper.person;
        if (person.suppressedSince() < Long.MAX_VALUE) {
          boolean isAlways = person.suppressedSince() == Long.MIN_VALUE;
          file.row(
              person.id(),
              SUPPRESSION_REASONS.get(person.number() % SUPPRESSION_REASONS.size()),
              isAlways ? "" : CsvFile.time(person.suppressedSince()));
        }
      }
    }
  }
}
