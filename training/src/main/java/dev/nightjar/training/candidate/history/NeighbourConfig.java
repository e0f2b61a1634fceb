package dev.nightjar.training.candidate.history;

import dev.nightjar.features.config.Problems;
import dev.nightjar.training.candidate.matrix.ItemSimilarity;
import java.util.List;

/**
 * Settings of {@code item_item}, {@code user_user} and {@code complement}, and of what they and
 * {@code rules} learn from, under {@code candidates}.
 *
 * @param neighbourUsers most users that neighbours are learned from
 * @param historyItems strongest items of a user that count for other items
 * @param itemSimilarity {@link ItemSimilarity#COSINE} or {@link ItemSimilarity#BM25}
 * @param itemNeighbours nearest items kept of each item
 * @param userNeighbours nearest users that count
 * @param purchaseDays days of purchases that {@code complement} and {@code rules} learn from
 * @param complementDays days within which a purchase follows another
 */
public record NeighbourConfig(
    int neighbourUsers,
    int historyItems,
    String itemSimilarity,
    int itemNeighbours,
    int userNeighbours,
    int purchaseDays,
    int complementDays) {
  private static final int MOST_USERS = 1 << 20;

  public NeighbourConfig {
    new Problems()
        .require(
            neighbourUsers > 0 && neighbourUsers <= MOST_USERS,
            "neighbour_users",
            "must be 1 to " + MOST_USERS,
            neighbourUsers)
        .positive("history_items", historyItems)
        .require(
            List.of(ItemSimilarity.COSINE, ItemSimilarity.BM25).contains(itemSimilarity),
            "item_similarity",
            "must be cosine or bm25",
            itemSimilarity)
        .positive("item_neighbours", itemNeighbours)
        .positive("user_neighbours", userNeighbours)
        .positive("purchase_days", purchaseDays)
        .positive("complement_days", complementDays)
        .throwIfAny();
  }
}
