package dev.nightjar.training.candidate;

import dev.nightjar.training.candidate.history.HistoryRows;
import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.source.ComplementSource;
import dev.nightjar.training.candidate.source.ContentSource;
import dev.nightjar.training.candidate.source.ItemItemSource;
import dev.nightjar.training.candidate.source.Proposer;
import dev.nightjar.training.candidate.source.RulesSource;
import dev.nightjar.training.table.Candidates;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Lets every source look at a user and merges what they propose into rows of {@link Candidates}.
 * Plain Java over broadcast models, since a user's sums over all items are a few short loops, where
 * columns would need a join for every source; and one shuffle by user serves all of them.
 *
 * <p>Input rows: user_id, pairs ({@link HistoryRows}, may be null), factors (may be null), locale
 * (may be null).
 */
final class CandidateMerger implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final int SCORES_AT = 3;

  /** Sources that say what a candidate goes with, the plainest first. */
  private static final List<String> REASONS =
      List.of(ComplementSource.NAME, RulesSource.NAME, ItemItemSource.NAME, ContentSource.NAME);

  private final Broadcast<CandidateModels> models;
  private final int historyItems;

  CandidateMerger(Broadcast<CandidateModels> models, int historyItems) {
    this.models = models;
    this.historyItems = historyItems;
  }

  /** One source at work. */
  private record Voice(String name, int column, Proposer.Scorer scorer) {}

  @Override
  public Iterator<Row> call(Iterator<Row> users) {
    CandidateModels shared = models.value();
    List<Voice> voices =
        shared.sources().stream()
            .map(
                source ->
                    new Voice(
                        source.name(),
                        SCORES_AT + Candidates.SOURCE_NAMES.indexOf(source.name()),
                        source.open()))
            .toList();
    Iterable<Row> rows = () -> users;
    return StreamSupport.stream(rows.spliterator(), false)
        .flatMap(user -> candidates(user, shared, voices))
        .iterator();
  }

  private Stream<Row> candidates(Row user, CandidateModels shared, List<Voice> voices) {
    UserHistory history =
        UserHistory.of(
            user.getString(0),
            user.isNullAt(1) ? List.of() : user.getList(1),
            shared.index(),
            historyItems);
    List<Float> factors = user.isNullAt(2) ? List.of() : user.getList(2);
    Target target = new Target(history, factors, user.getString(3), shared.interests().of(history));
    int[][] proposed = new int[voices.size()][];
    for (int voice = 0; voice < proposed.length; voice++) {
      voices.get(voice).scorer().look(target);
      proposed[voice] = voices.get(voice).scorer().proposed();
      Arrays.sort(proposed[voice]);
    }
    return Arrays.stream(proposed)
        .flatMapToInt(IntStream::of)
        .sorted()
        .distinct()
        .mapToObj(item -> row(history.userId(), item, shared.index(), voices, proposed));
  }

  private static Row row(
      String userId, int item, ItemIndex index, List<Voice> voices, int[][] proposed) {
    Object[] row = new Object[Candidates.SCHEMA.size()];
    row[0] = userId;
    row[1] = index.id(item);
    String[] names = new String[voices.size()];
    int count = 0;
    int plainest = REASONS.size();
    for (int voice = 0; voice < proposed.length; voice++) {
      Voice speaker = voices.get(voice);
      double score = speaker.scorer().score(item);
      row[speaker.column()] = Double.isNaN(score) ? null : score;
      if (Arrays.binarySearch(proposed[voice], item) >= 0) {
        names[count++] = speaker.name();
        int reason = REASONS.indexOf(speaker.name());
        int because = reason >= 0 && reason < plainest ? speaker.scorer().because(item) : -1;
        if (because >= 0) {
          plainest = reason;
          row[row.length - 2] = index.id(because);
          row[row.length - 1] = speaker.name();
        }
      }
    }
    String[] sources = Arrays.copyOf(names, count);
    Arrays.sort(sources);
    row[2] = sources;
    return RowFactory.create(row);
  }
}
