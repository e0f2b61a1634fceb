package dev.nightjar.training.candidate.history;

import dev.nightjar.training.candidate.matrix.NeighbourSearch;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.matrix.SparseSums;
import java.util.Arrays;

/**
 * What is bought on a later day than an item, more often than by chance and more often than by
 * users who only looked at the item.
 *
 * <p>For items i and j: a = share of the buyers of i who bought j 1 to {@code complement_days} days
 * later; b = the same of those who viewed i and never bought it; q = share of all buyers who bought
 * j on a later day than anything; a and b start from 10 users at rate q. Score = (a - max(b, q)) /
 * sqrt(q + 1 / n) with n the buyers of i and those 10, so that a single buyer of a rare item does
 * not outweigh many buyers. Directional. A user's vote counts 1 / sqrt(number of the user's
 * purchases), since a user who buys everything says little about any pair.
 */
public final class Complements implements NeighbourSearch.Scannable {
  private static final long serialVersionUID = 1L;
  private static final double PRIOR_USERS = 10.0;
  private static final int LEAST_USERS = 2;

  private final int itemCount;
  private final int windowDays;

  /** {@link Purchases#timeline}, by user, then day, then item. */
  private final long[] timeline;

  /** Position of each user's first purchase in the timeline, and the end of the timeline. */
  private final int[] userStarts;

  private final double[] voices;

  /** Items by purchases: columns are positions in the timeline. */
  private final SparseRows placesOfItems;

  /** Items by users who only viewed; the value is days ago. */
  private final SparseRows viewers;

  private final double[] baseRates;
  private final double averageVoice;

  public Complements(Learners learners, Purchases purchases, int itemCount, int windowDays) {
    this.itemCount = itemCount;
    this.windowDays = windowDays;
    this.timeline = purchases.timeline();
    int users = learners.userIds().length;
    this.userStarts = new int[users + 1];
    SparseRows.Builder bought = new SparseRows.Builder();
    int place = 0;
    for (int user = 0; user < users; user++) {
      while (place < timeline.length && Purchases.user(timeline[place]) == user) {
        bought.add(Purchases.item(timeline[place++]), 1).endRow();
      }
      userStarts[user + 1] = place;
    }
    this.placesOfItems = bought.build(itemCount).transposed();
    this.viewers = onlyViewed(learners, itemCount).transposed();
    this.voices = new double[users];
    for (int user = 0; user < users; user++) {
      voices[user] = 1 / Math.sqrt(Math.max(1, userStarts[user + 1] - userStarts[user]));
    }
    this.baseRates = baseRates();
    this.averageVoice = Arrays.stream(voices).average().orElse(1);
  }

  private static SparseRows onlyViewed(Learners learners, int itemCount) {
    SparseRows.Builder viewed = new SparseRows.Builder();
    SparseRows interest = learners.interest();
    for (int user = 0; user < interest.rowCount(); user++) {
      for (int entry = interest.start(user); entry < interest.end(user); entry++) {
        if (learners.viewedDaysAgo()[entry] >= 0) {
          viewed.add(interest.column(entry), learners.viewedDaysAgo()[entry]);
        }
      }
      viewed.endRow();
    }
    return viewed.build(itemCount);
  }

  /** Share of the votes of all buyers who bought each item after their first day. */
  private double[] baseRates() {
    double[] later = new double[itemCount];
    int[] lastUser = new int[itemCount];
    Arrays.fill(lastUser, -1);
    double all = 0;
    for (int user = 0; user < voices.length; user++) {
      if (userStarts[user] == userStarts[user + 1]) {
        continue;
      }
      all += voices[user];
      int firstDay = Purchases.daysAgo(timeline[userStarts[user]]);
      for (int place = userStarts[user]; place < userStarts[user + 1]; place++) {
        int item = Purchases.item(timeline[place]);
        if (Purchases.daysAgo(timeline[place]) < firstDay && lastUser[item] != user) {
          lastUser[item] = user;
          later[item] += voices[user];
        }
      }
    }
    double buyers = Math.max(all, 1e-9);
    return Arrays.stream(later).map(voice -> voice / buyers).toArray();
  }

  @Override
  public int rowCount() {
    return itemCount;
  }

  @Override
  public int columnCount() {
    return itemCount;
  }

  @Override
  public NeighbourSearch.Scan scan() {
    int[] users = new int[itemCount];
    double[] viewersWhoBought = new double[itemCount];
    int[] lastViewer = new int[itemCount];
    return (item, after) -> {
      double buyers = addLaterPurchases(item, after, users);
      double lookers = addLaterPurchasesOfViewers(item, after, viewersWhoBought, lastViewer);
      double prior = PRIOR_USERS * averageVoice;
      double oneBuyer = averageVoice / (buyers + prior);
      for (int place = 0; place < after.size(); place++) {
        int other = after.item(place);
        double base = baseRates[other];
        double bought = (after.sum(other) + prior * base) / (buyers + prior);
        double viewed = (viewersWhoBought[other] + prior * base) / (lookers + prior);
        boolean isEnough = users[other] >= LEAST_USERS && base > 0;
        after.set(
            other, isEnough ? (bought - Math.max(viewed, base)) / Math.sqrt(base + oneBuyer) : 0);
        users[other] = 0;
        viewersWhoBought[other] = 0;
        lastViewer[other] = 0;
      }
    };
  }

  /** Votes of the item's buyers. */
  private double addLaterPurchases(int item, SparseSums after, int[] users) {
    double buyers = 0;
    int last = -1;
    for (int entry = placesOfItems.start(item); entry < placesOfItems.end(item); entry++) {
      int place = placesOfItems.column(entry);
      int user = Purchases.user(timeline[place]);
      buyers += user == last ? 0 : voices[user];
      last = user;
      int day = Purchases.daysAgo(timeline[place]);
      for (int next = place + 1; next < userStarts[user + 1]; next++) {
        int daysLater = day - Purchases.daysAgo(timeline[next]);
        int other = Purchases.item(timeline[next]);
        if (daysLater > windowDays) {
          break;
        }
        if (daysLater > 0 && other != item && after.addOnce(other, voices[user], user)) {
          users[other]++;
        }
      }
    }
    return buyers;
  }

  /** Votes of those who only viewed the item. */
  private double addLaterPurchasesOfViewers(
      int item, SparseSums after, double[] viewersWhoBought, int[] lastViewer) {
    double lookers = 0;
    for (int entry = viewers.start(item); entry < viewers.end(item); entry++) {
      int user = viewers.column(entry);
      lookers += voices[user];
      for (int next = userStarts[user]; next < userStarts[user + 1]; next++) {
        int daysLater = (int) viewers.value(entry) - Purchases.daysAgo(timeline[next]);
        int other = Purchases.item(timeline[next]);
        boolean isLater = daysLater > 0 && daysLater <= windowDays;
        if (isLater && after.has(other) && lastViewer[other] != user + 1) {
          lastViewer[other] = user + 1;
          viewersWhoBought[other] += voices[user];
        }
      }
    }
    return lookers;
  }
}
