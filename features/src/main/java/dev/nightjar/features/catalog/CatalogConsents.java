package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.Consents;
import dev.nightjar.features.table.Users;
import java.sql.Date;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What users said about pushes, apart from all else that is known of them.
 *
 * <p>A row counts from its {@code updated_at}, else from the end of its file's day; one of a file
 * without a day is what holds tonight. A no at a time that cannot be read holds tonight, too, and a
 * yes at such a time is the oldest. A no applies before its time, a yes does not. Of the rows of
 * one moment a no wins over a yes.
 */
public final class CatalogConsents {
  private static final String AT = "_at";
  private static final Column OLDEST = lit("1900-01-01 00:00:00 UTC").cast("timestamp");

  private CatalogConsents() {}

  /**
   * Adds tonight's rows to the ledger.
   *
   * @param checked rows of the users after {@link InputRules}
   * @param files what they are read from: of lists of all users only the newest states a yes, even
   *     where it has no rows
   * @param before {@code consents} of the last night
   * @return {@code consents}: one row per user, unordered
   */
  public static Dataset<Row> compute(
      Dataset<Row> checked, UserFiles files, Dataset<Row> before, AsOf asOf) {
    Column isRefusal = Permission.isRefusal();
    Column isKnown =
        Checked.isKept().and(asOf.knows(col(AT)).or(col(AT).equalTo(asOf.endColumn())));
    Column isCurrent = isKnown.and(isOfTheList(files));
    Dataset<Row> tonight =
        checked
            .where(col(Users.USER_ID).isNotNull())
            .withColumn(AT, at(isRefusal, asOf))
            .select(
                col(Users.USER_ID),
                when(isRefusal, col(AT)).as(Consents.REFUSED_AT),
                when(isCurrent.and(not(isRefusal)).and(col(Users.CONSENT)), col(AT))
                    .as(Consents.AGREED_AT),
                when(isCurrent, col(AT)).as(Consents.STATED_AT))
            .where(col(Consents.REFUSED_AT).isNotNull().or(col(Consents.STATED_AT).isNotNull()));
    return Consents.TABLE.select(
        tonight
            .unionByName(files.areLists() ? standing(before, checked, asOf) : before)
            .groupBy(Consents.USER_ID)
            .agg(
                max(Consents.REFUSED_AT).as(Consents.REFUSED_AT),
                max(Consents.AGREED_AT).as(Consents.AGREED_AT),
                max(Consents.STATED_AT).as(Consents.STATED_AT)));
  }

  /** Whether a user has consent, by a row of {@link Consents} or of none. */
  static Column hasConsent(boolean byDefault) {
    Column refused = col(Consents.REFUSED_AT);
    Column agreed = col(Consents.AGREED_AT);
    Column stillAgrees = agreed.equalTo(col(Consents.STATED_AT));
    return when(refused.isNotNull(), coalesce(agreed.gt(refused).and(stillAgrees), lit(false)))
        .otherwise(coalesce(when(stillAgrees, lit(true)), lit(byDefault)));
  }

  private static Column at(Column isRefusal, AsOf asOf) {
    Column day = col(InputTable.SOURCE_DAY);
    Column fileEnd = to_utc_timestamp(date_add(day, 1).cast("timestamp"), asOf.zone().getId());
    Column isLost = Rules.isUnreadable(Users.UPDATED_AT).or(col(InputTable.MALFORMED));
    return coalesce(
        Permission.stated(Users.UPDATED_AT),
        when(isLost, when(isRefusal, asOf.endColumn()).otherwise(OLDEST)),
        fileEnd,
        asOf.endColumn());
  }

  /** Of full lists only the rows of the newest file's day; of changes every row. */
  private static Column isOfTheList(UserFiles files) {
    return files
        .newest()
        .filter(day -> files.areLists())
        .map(day -> col(InputTable.SOURCE_DAY).equalTo(lit(Date.valueOf(day))))
        .orElse(lit(true));
  }

  /**
   * What a list of all users does not take back: the noes of the nights before, and the yes of one
   * whose row was edited since and says it still.
   */
  private static Dataset<Row> standing(Dataset<Row> before, Dataset<Row> checked, AsOf asOf) {
    Dataset<Row> edited =
        checked
            .where(NewestRows.isEditedSince(asOf).and(col(Users.CONSENT)))
            .select(Users.USER_ID)
            .distinct();
    String[] id = {Users.USER_ID};
    return refusals(before.join(edited, id, "left_anti"))
        .unionByName(before.join(edited, id, "left_semi"));
  }

  /** The noes of the nights before. */
  private static Dataset<Row> refusals(Dataset<Row> before) {
    Column none = lit(null).cast("timestamp");
    return before
        .where(col(Consents.REFUSED_AT).isNotNull())
        .withColumn(Consents.AGREED_AT, none)
        .withColumn(Consents.STATED_AT, none);
  }
}
