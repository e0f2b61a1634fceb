package dev.nightjar.features.catalog;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.refuse.Rules;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.table.Users;
import org.apache.spark.sql.Column;

/**
 * Who may be sent pushes. In doubt, nobody: a value that cannot be read means no, and a refused row
 * keeps its user from getting pushes as a good one does.
 */
final class Permission {
  private Permission() {}

  /**
   * True for a row of the users that says no. Consent that is present but unreadable counts as no,
   * since the default must not replace it; so does that of a row that cannot be split.
   */
  static Column isRefusal() {
    return Rules.isUnreadable(Users.CONSENT).or(not(coalesce(col(Users.CONSENT), lit(true))));
  }

  /** A time that a row states; null where the row cannot be split. */
  static Column stated(String time) {
    return when(not(col(InputTable.MALFORMED)), col(time));
  }
}
