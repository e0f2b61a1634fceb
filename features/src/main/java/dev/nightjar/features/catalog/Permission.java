package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.Users;
import org.apache.spark.sql.Column;

/**
 * Who may be sent pushes. In doubt nobody: what cannot be read means no, and a refused row keeps
 * its user from pushes as a good one does.
 */
final class Permission {
  private Permission() {}

  /**
   * True in a row of the users that says no. Consent that is there but unreadable is none, since it
   * must not fall to the default, and so is that of a row that cannot be split.
   */
  static Column isRefusal() {
    return Rules.isUnreadable(Users.CONSENT).or(not(coalesce(col(Users.CONSENT), lit(true))));
  }

  /** What a row of the users says; null where it says nothing. */
  static Column consent() {
    return when(isRefusal(), false).otherwise(col(Users.CONSENT));
  }

  /** A time that a row states; null where the row cannot be split. */
  static Column stated(String time) {
    return when(not(col(InputTable.MALFORMED)), col(time));
  }

  /**
   * True where a "no" holds in what is planned after the moment: one without a time holds always,
   * and one that begins within two days holds already, since the next day in some user's zone
   * reaches past the shop's.
   */
  static Column holds(Column since, AsOf asOf) {
    return since.isNull().or(asOf.minusDays(-2).knows(since));
  }
}
