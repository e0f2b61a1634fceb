package dev.nightjar.training.intent.train;

import dev.nightjar.features.AsOf;
import dev.nightjar.features.Snapshot;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the night of an anchor wrote, so that it need not be computed again. It knows the items and
 * users of its own day, and not the rows that came late.
 *
 * @param snapshot what the night knew, with features
 * @param candidates {@code candidates} of the night
 */
public record AnchorNight(Snapshot snapshot, Dataset<Row> candidates) {
  /** No night was run: every anchor is computed from the history. */
  static final Source NONE = anchor -> Optional.empty();

  /** Finds the nights of anchors. */
  @FunctionalInterface
  public interface Source {
    /** The night of an anchor; empty where its matrix is to be computed from the history. */
    Optional<AnchorNight> of(AsOf anchor);
  }
}
