package dev.nightjar.training.timing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.when;

import dev.nightjar.features.Locales;
import dev.nightjar.features.table.Users;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Groups of users whose hours may be alike: the country of the locale, else the area of the zone
 * ({@code Europe}), where enough users share it.
 *
 * @param names names in order of their index
 */
record Regions(List<String> names) {
  /** Index of a user without a region. */
  static final int SHOP = -1;

  private static final String COUNTRY = "country";
  private static final String AREA = "area";
  private static final String USERS = "users";

  /** Finds the regions of at least {@code minUsers} users. */
  static Regions of(Dataset<Row> users, int minUsers) {
    Map<String, Long> sizes = new TreeMap<>();
    // An action: the few names are needed to index them.
    List<Row> counted =
        users
            .select(country().as(COUNTRY), area().as(AREA))
            .groupBy(COUNTRY, AREA)
            .agg(count(lit(1)).as(USERS))
            .collectAsList();
    for (Row row : counted) {
      for (String column : List.of(COUNTRY, AREA)) {
        String region = row.getAs(column);
        if (region != null) {
          sizes.merge(region, row.<Long>getAs(USERS), Long::sum);
        }
      }
    }
    return new Regions(
        sizes.entrySet().stream()
            .filter(size -> size.getValue() >= minUsers)
            .map(Map.Entry::getKey)
            .toList());
  }

  /** Position of a region among {@code places}, one for each region and the last for the shop. */
  static int place(int region, int places) {
    return region == SHOP ? places - 1 : region;
  }

  /** Index of the user's region: the country's, else the area's, else {@link #SHOP}. */
  Column index() {
    return functions.coalesce(indexOf(country()), indexOf(area()), lit(SHOP));
  }

  int size() {
    return names.size();
  }

  private Column indexOf(Column name) {
    if (names.isEmpty()) {
      return lit(null).cast("int");
    }
    Column position =
        functions.array_position(
            functions.array(names.stream().map(functions::lit).toArray(Column[]::new)), name);
    return when(position.gt(0), position.minus(1).cast("int"));
  }

  private static Column country() {
    return concat(lit("country "), Locales.country(col(Users.LOCALE)));
  }

  private static Column area() {
    Column area = regexp_extract(col(Users.ZONE), "^([A-Za-z]+)/", 1);
    return when(col(Users.IS_ZONE_KNOWN).and(area.notEqual("")), concat(lit("zone "), area));
  }
}
