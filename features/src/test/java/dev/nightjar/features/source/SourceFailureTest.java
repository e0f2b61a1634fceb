package dev.nightjar.features.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.features.DataException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a job that failed, by where it did. */
class SourceFailureTest {
  @ParameterizedTest
  @CsvSource({
    "org.apache.parquet.io.api.Binary, a Parquet file",
    "org.apache.spark.sql.execution.datasources.parquet.ParquetDictionary, a Parquet file",
    "org.apache.spark.sql.catalyst.expressions.Cast, an expression",
    "dev.nightjar.features.Chance, ''",
    "java.nio.Buffer, ''"
  })
  void aFileThatIsBrokenIsNoFaultOfAnExpression(String where, String told) {
    RuntimeException cause = new IllegalArgumentException("secret");
    cause.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.nio.Buffer", "limit", "Buffer.java", 1),
          new StackTraceElement(where, "run", "Some.java", 1),
          new StackTraceElement("org.apache.spark.scheduler.Task", "run", "Task.java", 1)
        });
    Optional<String> words =
        SourceFailure.explain(new RuntimeException(cause)).map(DataException::getMessage);
    assertEquals(told, words.map(text -> text.substring(0, told.length())).orElse(""));
    assertEquals(Optional.empty(), words.filter(text -> text.contains("secret")));
  }
}
