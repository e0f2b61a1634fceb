package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.config.ShopConfig;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.Consents;
import dev.nightjar.features.table.Releases;
import dev.nightjar.features.table.Suppressions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Who said no, as it was known at the end of a night. Each night adds to that of the night before,
 * since files get lost and logs are rotated, and a refusal is not forgotten with them.
 *
 * @param consents {@code consents}
 * @param suppressions {@code suppressions}
 * @param releases {@code releases}
 */
public record Ledger(Dataset<Row> consents, Dataset<Row> suppressions, Dataset<Row> releases) {
  /** That of a shop without an earlier night. */
  public static Ledger none(SparkSession spark) {
    return new Ledger(
        Consents.TABLE.empty(spark), Suppressions.TABLE.empty(spark), Releases.TABLE.empty(spark));
  }

  /** With what another ledger knows; some users are in it twice. */
  public Ledger plus(Ledger other) {
    return new Ledger(
        consents.unionByName(other.consents),
        suppressions.unionByName(other.suppressions),
        releases.unionByName(other.releases));
  }

  /**
   * Adds what tonight's inputs say to what the last night knew.
   *
   * @param sent push_id and user_id of pushes that were planned, or logged, in the nights before
   */
  static Ledger compute(
      CheckedInputs inputs,
      Dataset<Row> sent,
      UserFiles files,
      Ledger before,
      AsOf asOf,
      ShopConfig shop) {
    Dataset<Row> listed = inputs.of(InputTable.SUPPRESSIONS);
    Dataset<Row> consents =
        CatalogConsents.compute(inputs.of(InputTable.USERS), files, before.consents(), asOf);
    Dataset<Row> releases =
        CatalogSuppressions.releases(
            listed,
            shop.consentReleases() ? consents : consents.where(lit(false)),
            before.releases(),
            asOf);
    return new Ledger(
        consents,
        CatalogSuppressions.compute(
            CatalogSuppressions.listed(listed, asOf),
            OptOuts.addressed(inputs.of(InputTable.PUSHES), sent),
            releases.where(asOf.knows(col(Releases.RELEASED_AT))),
            before.suppressions(),
            asOf),
        releases);
  }
}
