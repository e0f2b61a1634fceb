package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.refuse.Checked;
import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.table.Consents;
import dev.nightjar.features.table.Releases;
import dev.nightjar.features.table.Suppressions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The users whom the shop must not contact. It is a ledger: who was in it last night is in it
 * tonight, whatever the files still say, until a release.
 */
public final class CatalogSuppressions {
  private static final String SEPARATOR = ", ";
  private static final String LISTED_USER = "_listed_user";
  private static final String BEGAN_BY = "_began_by";

  private CatalogSuppressions() {}

  /**
   * Users whose suppressions of before a moment are lifted: by {@code released_at} of the list, or
   * by a later yes where the shop says that it counts. A release that is still to come is kept
   * until it does, unless the list says otherwise meanwhile.
   *
   * @param checked rows of the suppressions after {@link InputRules}
   * @param consents {@code consents}; empty where a yes lifts nothing
   * @param before {@code releases} of the last night
   * @return {@code releases}: of each user the last of those that are known, and of those to come
   */
  public static Dataset<Row> releases(
      Dataset<Row> checked, Dataset<Row> consents, Dataset<Row> before, AsOf asOf) {
    Column at = col(Releases.RELEASED_AT);
    Dataset<Row> listed =
        checked
            .where(isRelease(asOf.knows(at).or(isReleasedLater(asOf))))
            .select(col(Suppressions.USER_ID), at);
    Dataset<Row> agreed =
        consents
            .where(CatalogConsents.hasConsent(false).and(asOf.knows(col(Consents.AGREED_AT))))
            .select(col(Consents.USER_ID), col(Consents.AGREED_AT).as(Releases.RELEASED_AT));
    return Releases.TABLE.select(
        standing(before, listed(checked, asOf), asOf)
            .unionByName(listed)
            .unionByName(agreed)
            .groupBy(col(Releases.USER_ID), asOf.knows(at))
            .agg(max(at).as(Releases.RELEASED_AT)));
  }

  /** Releases of the last night without those to come of whom the list now says otherwise. */
  private static Dataset<Row> standing(Dataset<Row> before, Dataset<Row> listed, AsOf asOf) {
    Column at = col(Releases.RELEASED_AT);
    Column wasToCome = not(asOf.minusDays(1).knows(at));
    return before.join(
        listed.select(col(Suppressions.USER_ID).as(LISTED_USER)),
        col(Releases.USER_ID).equalTo(col(LISTED_USER)).and(wasToCome),
        "left_anti");
  }

  /**
   * Users whom the list suppresses, by whatever row of it that is no release. A refused row
   * suppresses the user it names, too. One without a time that can be read always applies, one that
   * is to be released begins tonight, and one that begins later is there already, with its
   * beginning.
   *
   * @param checked rows of the suppressions after {@link InputRules}
   * @return rows of {@code suppressions}, some users more than once
   */
  public static Dataset<Row> listed(Dataset<Row> checked, AsOf asOf) {
    Column isBlank = not(isUnreadable(Suppressions.SINCE));
    Column tonight = asOf.endColumn().minus(expr("INTERVAL 1 SECOND"));
    return checked
        .where(
            col(Suppressions.USER_ID)
                .isNotNull()
                .and(not(isRelease(asOf.knows(col(Suppressions.RELEASED_AT))))))
        .select(
            col(Suppressions.USER_ID),
            col(Suppressions.REASON),
            coalesce(
                    Permission.stated(Suppressions.SINCE),
                    when(isReleasedLater(asOf).and(isBlank), tonight))
                .as(Suppressions.SINCE));
  }

  /** A row that says that what it lists is over; it is none where that began later, or may have. */
  private static Column isRelease(Column isReleased) {
    Column since = col(Suppressions.SINCE);
    Column isOver =
        when(since.isNull(), not(isUnreadable(Suppressions.SINCE)))
            .otherwise(since.lt(col(Suppressions.RELEASED_AT)));
    return coalesce(Checked.isKept().and(isReleased).and(isOver), lit(false));
  }

  private static Column isReleasedLater(AsOf asOf) {
    return Checked.isKept().and(not(asOf.knows(col(Suppressions.RELEASED_AT))));
  }

  private static Column isUnreadable(String column) {
    return coalesce(Rules.isUnreadable(column), lit(false));
  }

  /**
   * Users who must not be contacted: those of last night, those listed, and those who unsubscribed
   * or can no longer be reached, by whatever row of the push log. Of several the newest that has
   * begun is kept, since a release of before it does not lift it. One of last night without a time
   * had begun by its end.
   *
   * @param listed {@link #listed}; none where the shop has no such input
   * @param pushes rows of the pushes after {@link InputRules}
   * @param releases the known ones of {@code releases}
   * @param before {@code suppressions} of the last night
   * @return {@code suppressions}: one row per user with all reasons, unordered
   */
  public static Dataset<Row> compute(
      Dataset<Row> listed,
      Dataset<Row> pushes,
      Dataset<Row> releases,
      Dataset<Row> before,
      AsOf asOf) {
    Column since = col(Suppressions.SINCE);
    Column id = col(Suppressions.USER_ID);
    Column lastNight = asOf.minusDays(1).endColumn().minus(expr("INTERVAL 1 SECOND"));
    Dataset<Row> standing =
        before
            .withColumn(BEGAN_BY, coalesce(begun(since, asOf), lastNight))
            .unionByName(listed.withColumn(BEGAN_BY, begun(since, asOf)))
            .unionByName(OptOuts.of(pushes, asOf).withColumn(BEGAN_BY, since))
            .join(releases, new String[] {Suppressions.USER_ID}, "left_outer")
            .where(not(coalesce(col(BEGAN_BY).lt(col(Releases.RELEASED_AT)), lit(false))));
    Column isAlways = count(when(since.isNull(), 1)).gt(0);
    Column newest = max(when(asOf.knows(since), since));
    Column reasons =
        concat_ws(
            SEPARATOR,
            array_sort(
                array_distinct(flatten(collect_list(split(col(Suppressions.REASON), SEPARATOR))))));
    return Suppressions.TABLE.select(
        standing
            .groupBy(id)
            .agg(
                when(reasons.notEqual(""), reasons).as(Suppressions.REASON),
                when(not(isAlways), coalesce(newest, min(since))).as(Suppressions.SINCE)));
  }

  /** By when it had surely begun: a day without a time may mean its end. */
  private static Column begun(Column since, AsOf asOf) {
    Column local = from_utc_timestamp(since, asOf.zone().getId());
    Column isDay =
        date_trunc("DAY", since).equalTo(since).or(date_trunc("DAY", local).equalTo(local));
    return when(isDay, since.plus(expr("INTERVAL '23:59:59' HOUR TO SECOND"))).otherwise(since);
  }
}
