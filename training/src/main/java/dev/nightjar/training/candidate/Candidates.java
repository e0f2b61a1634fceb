package dev.nightjar.training.candidate;

import static dev.nightjar.features.table.TableColumn.optional;
import static dev.nightjar.features.table.TableColumn.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import dev.nightjar.features.table.Table;
import dev.nightjar.features.table.TableColumns;
import dev.nightjar.training.candidate.learning.CandidateSource;
import dev.nightjar.training.candidate.source.CandidateSources;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * Table {@code candidates}: one item that at least one source proposes to a user for tomorrow.
 *
 * <p>Each source of {@link #SOURCE_NAMES} has a score column. It holds a score wherever the source
 * can score the pair, even where better items kept it from being proposed.
 */
public final class Candidates {
  private static final TableColumns COLUMNS = new TableColumns();

  public static final String USER_ID = COLUMNS.add(required("user_id", StringType, "shop's id"));

  public static final String ITEM_ID = COLUMNS.add(required("item_id", StringType, "shop's id"));

  public static final String SOURCES =
      COLUMNS.add(
          required(
              "sources",
              createArrayType(StringType),
              "names of the sources, in alphabetical order"));

  static {
    for (CandidateSource source : CandidateSources.ALL) {
      COLUMNS.add(
          optional(
                  score(source.name()),
                  DoubleType,
                  source.meaning() + "; compare within the source only")
              .missing(source.missing() + ", or the source is off"));
    }
  }

  public static final String BECAUSE_ITEM_ID =
      COLUMNS.add(
          optional(
                  "because_item_id",
                  StringType,
                  "item of the user that supports this one most, according to `because_source`")
              .missing("null where none of those sources proposed the pair"));

  public static final String BECAUSE_SOURCE =
      COLUMNS.add(
          optional(
                  "because_source",
                  StringType,
                  linked() + ", the first of them that proposed the pair")
              .missing("null where none did"));

  /** Every source, in the order of the score columns. */
  public static final List<String> SOURCE_NAMES = CandidateSources.names();

  /** Name, version and columns. */
  public static final Table TABLE =
      COLUMNS.table(
          "candidates",
          CandidateSources.VERSION,
          "one item that at least one source proposes to a user for the day after",
          Table.KNOWN);

  /** Columns in written order. */
  public static final StructType SCHEMA = TABLE.schema();

  private Candidates() {}

  /** Column with the score of a source of {@link #SOURCE_NAMES}. */
  public static String score(String source) {
    return source + "_score";
  }

  private static String linked() {
    List<String> names =
        CandidateSources.byLink().stream().map(source -> "`" + source.name() + "`").toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
