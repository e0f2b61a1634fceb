package dev.nightjar.demo;

import dev.nightjar.demo.csv.CsvColumns;
import dev.nightjar.demo.csv.CsvText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes the shop's files as of the last day: items, users, suppressions, settings. */
final class CatalogFiles {
  private static final List<String> SUPPRESSION_REASONS =
      List.of("complaint", "bounce", "legal_hold");

  private static final String CONSENT = "consent";

  private static final CsvColumns<Customer> USERS =
      new CsvColumns<Customer>()
          .add("user_id", user -> user.person().id())
          .add("zone", user -> user.person().statedZone())
          .add("locale", user -> user.person().locale())
          .add("created_at", user -> CsvText.time(user.person().createdSecond()))
          .add(CONSENT, user -> user.person().consent())
          .add("quiet_from", user -> user.person().quietFrom())
          .add("quiet_to", user -> user.person().quietTo())
          .add("attributes", user -> "{\"device\":\"" + user.nature().device() + "\"}");

  private static final CsvColumns<Person> SUPPRESSIONS =
      new CsvColumns<Person>()
          .add("user_id", Person::id)
          .add("reason", person -> reason(person.number()))
          .add("since", CatalogFiles::since);

  private CatalogFiles() {}

  static void write(Path directory, DemoConfig config, DemoItems items, List<Customer> customers)
      throws IOException {
    items(config).write(directory.resolve("items.csv"), items.all());
    USERS.writeRows(directory.resolve("users.csv"), userRows(customers));
    SUPPRESSIONS.write(
        directory.resolve("suppressions.csv"),
        customers.stream().map(Customer::person).filter(Person::isSuppressed).toList());
    Files.writeString(
        directory.resolve("shop.conf"),
        """
        # The generated shop, to be included in a config.
        shop.zone = "%s"
        shop.opened = "%s"
        """
            .formatted(config.zone(), config.opened()),
        StandardCharsets.UTF_8);
  }

  /**
   * A row for each user, and at the end the second rows of those about whom the list is at odds.
   */
  private static List<Collection<String>> userRows(List<Customer> customers) {
    List<Collection<String>> rows = new ArrayList<>();
    customers.forEach(user -> rows.add(USERS.row(user).values()));
    for (Customer user : customers) {
      if (user.person().isContradicted()) {
        Map<String, String> second = USERS.row(user);
        second.put(CONSENT, "false");
        rows.add(second.values());
      }
    }
    return rows;
  }

  private static CsvColumns<DemoItem> items(DemoConfig config) {
    return new CsvColumns<DemoItem>()
        .add("item_id", DemoItem::id)
        .add("title", DemoItem::title)
        .add("category", item -> item.category().path())
        .add("brand", DemoItem::brand)
        .add("price", item -> CsvText.money(item.cents()))
        .add("stock", item -> Integer.toString(item.stock()))
        .add("created_at", item -> CsvText.time(created(item, config)))
        .add("attributes", item -> "{\"lot\":\"" + item.number() % 17 + "\"}");
  }

  private static long created(DemoItem item, DemoConfig config) {
    return item.launched(config.firstDate()).atStartOfDay(config.zone()).toEpochSecond();
  }

  private static String reason(int user) {
    return SUPPRESSION_REASONS.get(user % SUPPRESSION_REASONS.size());
  }

  private static String since(Person person) {
    boolean isAlways = person.suppressedSince() == Person.ALWAYS;
    return isAlways ? "" : CsvText.time(person.suppressedSince());
  }
}
