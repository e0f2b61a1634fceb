package dev.nightjar.training.candidate.source;

import dev.nightjar.training.candidate.history.Learners;
import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.learning.CandidateSource;
import dev.nightjar.training.candidate.learning.Learning;
import dev.nightjar.training.candidate.learning.Proposer;
import dev.nightjar.training.candidate.learning.SourceWords;
import dev.nightjar.training.candidate.learning.SummingScorer;
import dev.nightjar.training.candidate.matrix.Best;
import dev.nightjar.training.candidate.matrix.SparseRows;
import dev.nightjar.training.candidate.matrix.SparseSums;
import java.util.Arrays;
import java.util.Optional;

/**
 * Source {@code user_user}: what the users most similar to this one are interested in. Score of
 * item j = sum over the {@code user_neighbours} nearest learners v of cosine(u, v) * weight(v, j) /
 * sum of those cosines.
 */
public record UserUserSource() implements CandidateSource {
  @Override
  public String name() {
    return "user_user";
  }

  @Override
  public String meaning() {
    return "weighted mean interest of the most similar users";
  }

  @Override
  public String missing() {
    return "null where none of them touched the item";
  }

  @Override
  public Optional<SourceWords> words() {
    return Optional.of(new SourceWords(SourceWords.Basis.TASTE, "people with your taste like it"));
  }

  @Override
  public Proposer learn(Learning learning) {
    Learners learners = learning.learners();
    return new Model(
        learning.items(),
        learners.userIds(),
        learners.interest(),
        learners.interest().unitRows().transposed(),
        learning.config().neighbours().userNeighbours(),
        learning.most(this));
  }

  /**
   * What it learned.
   *
   * @param learnerIds ascending
   * @param interest learners by items
   * @param unit the same with rows of length 1, transposed: items by learners
   * @param neighbours nearest learners that count
   * @param most items to propose
   */
  private record Model(
      ItemIndex index,
      String[] learnerIds,
      SparseRows interest,
      SparseRows unit,
      int neighbours,
      int most)
      implements Proposer {
    @Override
    public Scorer open() {
      SparseSums likeness = new SparseSums(learnerIds.length);
      Best nearest = new Best(neighbours);
      return new SummingScorer(index, most) {
        @Override
        protected void fill(Target user, SparseSums into) {
          compare(user.history(), likeness);
          int self = Arrays.binarySearch(learnerIds, user.history().userId());
          for (int place = 0; place < likeness.size(); place++) {
            int learner = likeness.item(place);
            if (learner != self) {
              nearest.offer(learner, likeness.sum(learner));
            }
          }
          int[] learners = nearest.takeAll();
          double all = 0;
          for (int learner : learners) {
            all += likeness.sum(learner);
          }
          for (int learner : learners) {
            double share = likeness.sum(learner) / Math.max(all, Double.MIN_NORMAL);
            for (int at = interest.start(learner); at < interest.end(learner); at++) {
              into.add(interest.column(at), share * interest.value(at), SparseSums.NO_CAUSE);
            }
          }
        }
      };
    }

    private void compare(UserHistory history, SparseSums likeness) {
      likeness.clear();
      double squares = 0;
      for (int entry = 0; entry < history.size(); entry++) {
        double weight = history.isStrong()[entry] ? history.weights()[entry] : 0;
        squares += weight * weight;
      }
      double length = Math.sqrt(Math.max(squares, Double.MIN_NORMAL));
      for (int entry = 0; entry < history.size(); entry++) {
        if (history.isStrong()[entry]) {
          int item = history.items()[entry];
          double weight = history.weights()[entry] / length;
          for (int at = unit.start(item); at < unit.end(item); at++) {
            likeness.add(unit.column(at), weight * unit.value(at), SparseSums.NO_CAUSE);
          }
        }
      }
    }
  }
}
