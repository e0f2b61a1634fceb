package dev.nightjar.training.candidate.history;

/**
 * Settings of {@code item_item}, {@code user_user} and {@code complement}, and of what they and
 * {@code rules} learn from, under {@code candidates}.
 *
 * @param similarity {@link dev.nightjar.training.candidate.matrix.ItemSimilarity#COSINE} or {@link
 *     dev.nightjar.training.candidate.matrix.ItemSimilarity#BM25}
 * @param perItem nearest items kept of each item
 * @param historyItems strongest items of a user that speak for others
 * @param users most users that neighbours are learned from
 * @param perUser nearest users that count
 * @param complementDays days within which a purchase follows another
 * @param purchaseDays days of purchases that {@code complement} and {@code rules} learn from
 */
public record NeighbourConfig(
    String similarity,
    int perItem,
    int historyItems,
    int users,
    int perUser,
    int complementDays,
    int purchaseDays) {}
