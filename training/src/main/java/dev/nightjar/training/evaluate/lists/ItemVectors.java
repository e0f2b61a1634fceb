package dev.nightjar.training.evaluate.lists;

import static org.apache.spark.sql.functions.broadcast;

import dev.nightjar.training.table.ItemFactors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Item vectors.
 *
 * @param table {@code item_factors} of the night
 */
public record ItemVectors(Dataset<Row> table, KnownItems items) {

  /** Vectors of the items in one of the lists, by index; none for unknown items. */
  public Map<Integer, float[]> of(ListBook book, List<ListBook.Name> names) {
    List<String> shown =
        names.stream()
            .flatMap(name -> Arrays.stream(book.lists(name, Scenario.ALL)))
            .flatMapToInt(Arrays::stream)
            .distinct()
            .mapToObj(item -> items.item(item).id())
            .sorted()
            .toList();
    Dataset<Row> ids =
        table.sparkSession().createDataset(shown, Encoders.STRING()).toDF(ItemFactors.ITEM_ID);
    Map<Integer, float[]> factors = new HashMap<>();
    table
        .join(broadcast(ids), new String[] {ItemFactors.ITEM_ID}, "left_semi")
        .select(ItemFactors.ITEM_ID, ItemFactors.FACTORS)
        .collectAsList()
        .forEach(
            row ->
                factors.put(
                    items.indexOf(row.getAs(ItemFactors.ITEM_ID)),
                    floats(row.getList(row.fieldIndex(ItemFactors.FACTORS)))));
    return factors;
  }

  private static float[] floats(List<Float> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i);
    }
    return floats;
  }
}
