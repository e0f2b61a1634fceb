package dev.nightjar.training.candidate;

import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.matrix.Best;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.table.ItemNeighbours;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** The rows of {@code item_neighbours} of an item. */
final class NeighbourRows implements FlatMapFunction<Long, Row> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<CandidateModels> models;
  private final Broadcast<Map<String, SparseRows>> neighbours;

  /**
   * Neighbours by kind.
   *
   * @param neighbours items by items, each row by similarity, the highest first
   */
  NeighbourRows(Broadcast<CandidateModels> models, Broadcast<Map<String, SparseRows>> neighbours) {
    this.models = models;
    this.neighbours = neighbours;
  }

  @Override
  public Iterator<Row> call(Long item) {
    return neighbours.value().entrySet().stream()
        .flatMap(kind -> rows(kind.getKey(), kind.getValue(), Math.toIntExact(item)))
        .iterator();
  }

  private Stream<Row> rows(String kind, SparseRows ofKind, int item) {
    ItemIndex index = models.value().index();
    int first = ofKind.start(item);
    return IntStream.range(0, Math.min(ofKind.size(item), CandidateTables.WRITTEN_NEIGHBOURS))
        .mapToObj(
            place ->
                ItemNeighbours.TABLE
                    .row()
                    .set(ItemNeighbours.KIND, kind)
                    .set(ItemNeighbours.ITEM_ID, index.id(item))
                    .set(ItemNeighbours.NEIGHBOUR_ID, index.id(ofKind.column(first + place)))
                    .set(ItemNeighbours.SIMILARITY, Best.rounded(ofKind.value(first + place)))
                    .set(ItemNeighbours.POSITION, place + 1)
                    .build());
  }
}
