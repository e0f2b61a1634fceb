package dev.nightjar.training.candidate;

import dev.nightjar.features.Snapshot;
import dev.nightjar.features.Steps;
import dev.nightjar.training.als.AlsFactors;
import dev.nightjar.training.candidate.learning.CandidateConfig;
import dev.nightjar.training.candidate.learning.Learning;
import dev.nightjar.training.candidate.source.CandidateSources;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Proposes items to every user, with one score per source. */
public final class CandidateGenerator {
  private CandidateGenerator() {}

  /**
   * Candidates of every user of the snapshot, from the sources that are on. Items that the shop
   * does not list or that are out of stock are left out.
   *
   * @return {@code candidates}: one row per (user, item), unordered
   */
  public static Dataset<Row> propose(
      Snapshot snapshot, AlsFactors factors, CandidateConfig config) {
    return learn(snapshot, factors, config).candidates();
  }

  /**
   * The same of some users, learned from all.
   *
   * @param ofUsers condition on {@code user_id}
   */
  public static Dataset<Row> propose(
      Snapshot snapshot, AlsFactors factors, CandidateConfig config, Column ofUsers) {
    return learn(snapshot, factors, config).candidates(ofUsers);
  }

  /**
   * Learns neighbours, rules and segments as of the snapshot, with a few short jobs, and collects
   * them; candidates and the tables that explain them follow from what was learned.
   */
  public static CandidateTables learn(
      Snapshot snapshot, AlsFactors factors, CandidateConfig config) {
    Learning learning = new Learning(snapshot, factors, config);
    List<CandidateModels.LearnedSource> sources =
        CandidateSources.on(config).stream()
            .map(
                source ->
                    Steps.step(
                        snapshot.events().sparkSession().sparkContext(),
                        source.name(),
                        () ->
                            new CandidateModels.LearnedSource(
                                source.name(), source.learn(learning))))
            .toList();
    return new CandidateTables(
        learning,
        learning
            .spark()
            .broadcast(new CandidateModels(learning.items(), learning.interests(), sources)));
  }
}
