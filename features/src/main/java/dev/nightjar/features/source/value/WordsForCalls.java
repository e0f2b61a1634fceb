package dev.nightjar.features.source.value;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Names of columns that Spark takes for calls where no column has them: {@code user} is whoever
 * runs the night.
 */
public final class WordsForCalls {
  private static final Set<String> WORDS =
      Set.of(
          "user",
          "current_user",
          "session_user",
          "current_date",
          "current_time",
          "current_timestamp",
          "localtimestamp");

  private WordsForCalls() {}

  /** The first such word of an expression that is meant for a column, which the rows lack. */
  public static Optional<String> absent(String sql, Dataset<Row> rows) {
    return words(new CatalystSqlParser().parseExpression(sql))
        .filter(word -> WORDS.contains(word.toLowerCase(Locale.ROOT)))
        .filter(word -> Arrays.stream(rows.columns()).noneMatch(word::equalsIgnoreCase))
        .findFirst();
  }

  private static Stream<String> words(Expression expression) {
    return expression instanceof UnresolvedAttribute name
        ? CollectionConverters.asJava(name.nameParts()).stream().limit(1)
        : CollectionConverters.asJava(expression.children()).stream().flatMap(WordsForCalls::words);
  }
}
