package dev.nightjar.training.candidate.segment;

import java.io.Serializable;
import java.util.List;

/**
 * One group of users with similar tastes.
 *
 * @param middle mean taste, of length 1
 * @param topTerms categories or words that it prefers more than the mean of all users, strongest
 *     first
 * @param silhouette mean over its users
 */
public record InterestSegment(float[] middle, List<String> topTerms, double silhouette)
    implements Serializable {
  private static final int NAME_TERMS = 3;

  /** Its first terms. */
  public String name() {
    return String.join(", ", topTerms.subList(0, Math.min(NAME_TERMS, topTerms.size())));
  }
}
