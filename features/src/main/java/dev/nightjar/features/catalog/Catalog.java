package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.col;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Plural;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.Suppressions;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a shop lists at a moment; what it does not give comes from the events.
 *
 * @param items {@code items}
 * @param users {@code users}
 * @param pushes {@code pushes}
 * @param pushLog {@code push_log}
 * @param ledger who said no
 */
public record Catalog(
    Dataset<Row> items,
    Dataset<Row> users,
    Dataset<Row> pushes,
    Dataset<Row> pushLog,
    Ledger ledger) {
  /**
   * Makes the tables.
   *
   * @param events {@code clean_events}
   * @param sent push_id and user_id of pushes that were planned, or logged, in the nights before
   * @param files what the users are read from
   * @param usersBefore {@code users} of the last night
   * @param before the ledger of the last night
   */
  public static Catalog compute(
      CheckedInputs inputs,
      Dataset<Row> events,
      Dataset<Row> sent,
      UserFiles files,
      Dataset<Row> usersBefore,
      Ledger before,
      AsOf asOf,
      ShopConfig shop) {
    Dataset<Row> pushes = CatalogPushes.compute(inputs.of(InputTable.PUSHES), asOf);
    Ledger ledger = Ledger.compute(inputs, sent, files, before, asOf, shop);
    return new Catalog(
        CatalogItems.compute(inputs.of(InputTable.ITEMS), events, asOf),
        CatalogUsers.compute(
            inputs.of(InputTable.USERS),
            files,
            usersBefore,
            events,
            pushes,
            ledger.consents(),
            asOf,
            shop),
        pushes,
        CatalogPushLog.compute(inputs.of(InputTable.PUSHES), asOf),
        ledger);
  }

  /**
   * What a person should know of the list of suppressions: how many of its entries are no user that
   * the shop has, such as ids that were changed on their way.
   */
  public Optional<String> unknownSuppressed(CheckedInputs inputs) {
    Dataset<Row> listed =
        inputs
            .of(InputTable.SUPPRESSIONS)
            .where(col(Suppressions.USER_ID).isNotNull())
            .select(Suppressions.USER_ID)
            .distinct();
    long all = listed.count();
    if (all == 0) {
      return Optional.empty();
    }
    long unknown = listed.join(users, new String[] {Suppressions.USER_ID}, "left_anti").count();
    return unknown == 0
        ? Optional.empty()
        : Optional.of(
            "suppressions: %,d of %s %s no user that the shop has; if many, see whether their ids were changed on the way"
                .formatted(
                    unknown, Plural.of(all, "entry", "entries"), unknown == 1 ? "is" : "are"));
  }
}
