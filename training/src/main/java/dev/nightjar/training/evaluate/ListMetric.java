package dev.nightjar.training.evaluate;

/**
 * Quality of one user's list at a cut k, with binary relevance. Every metric is between 0 and 1,
 * and is averaged over the users with at least one relevant item.
 */
public enum ListMetric {
  /**
   * Sum over the hits of 1 / log2(rank + 1), over the same sum of an ideal list, which has its
   * min(k, |relevant|) hits first (Järvelin and Kekäläinen 2002, with gains of 0 and 1).
   */
  NDCG("ndcg") {
    @Override
    public double of(boolean[] isHit, int relevant, int k) {
      double gain = 0;
      for (int place = 0; place < length(isHit, k); place++) {
        gain += isHit[place] ? discount(place) : 0;
      }
      double ideal = 0;
      for (int place = 0; place < Math.min(k, relevant); place++) {
        ideal += discount(place);
      }
      return gain / ideal;
    }
  },
  /** Hits / k, also where the list is shorter than k. */
  PRECISION("precision") {
    @Override
    public double of(boolean[] isHit, int relevant, int k) {
      return (double) hits(isHit, k) / k;
    }
  },
  /** Hits / |relevant|. */
  RECALL("recall") {
    @Override
    public double of(boolean[] isHit, int relevant, int k) {
      return (double) hits(isHit, k) / relevant;
    }
  },
  /**
   * Sum over the hits of the precision down to that hit, over min(k, |relevant|); its mean is MAP.
   */
  AVERAGE_PRECISION("map") {
    @Override
    public double of(boolean[] isHit, int relevant, int k) {
      double sum = 0;
      int hits = 0;
      for (int place = 0; place < length(isHit, k); place++) {
        if (isHit[place]) {
          hits++;
          sum += (double) hits / (place + 1);
        }
      }
      return sum / Math.min(k, relevant);
    }
  },
  /** 1 where there is a hit, else 0. */
  HIT_RATE("hit_rate") {
    @Override
    public double of(boolean[] isHit, int relevant, int k) {
      return hits(isHit, k) > 0 ? 1 : 0;
    }
  },
  /** 1 / rank of the first hit, 0 without one; its mean is MRR. */
  RECIPROCAL_RANK("mrr") {
    @Override
    public double of(boolean[] isHit, int relevant, int k) {
      for (int place = 0; place < length(isHit, k); place++) {
        if (isHit[place]) {
          return 1.0 / (place + 1);
        }
      }
      return 0;
    }
  };

  private final String key;

  ListMetric(String key) {
    this.key = key;
  }

  /** Name of its mean in files. */
  public String key() {
    return key;
  }

  /**
   * Computes the metric of a list.
   *
   * @param isHit whether the item at each place is relevant, best place first
   * @param relevant number of the user's relevant items, positive
   * @param k cut, positive
   */
  public abstract double of(boolean[] isHit, int relevant, int k);

  private static int length(boolean[] isHit, int k) {
    return Math.min(isHit.length, k);
  }

  private static int hits(boolean[] isHit, int k) {
    int hits = 0;
    for (int place = 0; place < length(isHit, k); place++) {
      hits += isHit[place] ? 1 : 0;
    }
    return hits;
  }

  private static double discount(int place) {
    return Math.log(2) / Math.log(place + 2.0);
  }
}
