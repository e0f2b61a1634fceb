package dev.nightjar.pipeline.backtest.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.training.candidate.Candidates;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

final class SourceListsTest {
  private static final StructType CANDIDATE =
      new StructType()
          .add(Candidates.ITEM_ID, DataTypes.StringType)
          .add(Candidates.SOURCES, DataTypes.createArrayType(DataTypes.StringType));

  private static Row candidate(String item, String... sources) {
    Object proposedBy =
        sources.length == 0 ? null : CollectionConverters.asScala(List.of(sources)).toSeq();
    return new GenericRowWithSchema(new Object[] {item, proposedBy}, CANDIDATE);
  }

  @Test
  void theListOfASourceHoldsOnlyWhatItProposed() {
    Row own = candidate("a", "als", "content");
    Row scoredAlone = candidate("b", "als");
    Row rankedAlone = candidate("c");
    List<Row> candidates = List.of(own, scoredAlone, rankedAlone);
    assertEquals(List.of(own), SourceLists.proposedBy("content", candidates));
    assertEquals(List.of(own, scoredAlone), SourceLists.proposedBy("als", candidates));
  }
}
