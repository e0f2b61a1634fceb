package dev.nightjar.training.candidate;

import dev.nightjar.features.table.Users;
import dev.nightjar.training.candidate.history.HistoryRows;
import dev.nightjar.training.candidate.history.Target;
import dev.nightjar.training.candidate.history.UserHistory;
import dev.nightjar.training.candidate.item.ItemIndex;
import dev.nightjar.training.candidate.learning.CandidateSource;
import dev.nightjar.training.candidate.learning.Proposer;
import dev.nightjar.training.candidate.source.CandidateSources;
import dev.nightjar.training.table.UserFactors;
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
 * Runs every source on a user and merges what they propose into rows of {@link Candidates}. Plain
 * Java over broadcast models, since a user's sums over all items are a few short loops where
 * columns would need a join for every source; and one shuffle by user serves them all.
 *
 * <p>Input rows: user_id, pairs ({@link HistoryRows}, may be null), factors (may be null), locale
 * (may be null).
 */
final class CandidateMerger implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  // a night writes millions of rows: positions are looked up once
  private static final int WIDTH = Candidates.SCHEMA.size();
  private static final int USER_ID = Candidates.SCHEMA.fieldIndex(Candidates.USER_ID);
  private static final int ITEM_ID = Candidates.SCHEMA.fieldIndex(Candidates.ITEM_ID);
  private static final int SOURCES = Candidates.SCHEMA.fieldIndex(Candidates.SOURCES);
  private static final int BECAUSE_ITEM_ID =
      Candidates.SCHEMA.fieldIndex(Candidates.BECAUSE_ITEM_ID);
  private static final int BECAUSE_SOURCE = Candidates.SCHEMA.fieldIndex(Candidates.BECAUSE_SOURCE);

  /** Sources that name an item of the user, the most direct evidence first. */
  private static final List<String> LINKED =
      CandidateSources.byLink().stream().map(CandidateSource::name).toList();

  private final Broadcast<CandidateModels> models;
  private final int historyItems;

  CandidateMerger(Broadcast<CandidateModels> models, int historyItems) {
    this.models = models;
    this.historyItems = historyItems;
  }

  /**
   * A source with its scorer.
   *
   * @param column position of its score
   * @param link position among {@link #LINKED}; negative where it names no item
   */
  private record Voice(String name, int column, int link, Proposer.Scorer scorer) {
    static Voice of(CandidateModels.LearnedSource source) {
      return new Voice(
          source.name(),
          Candidates.SCHEMA.fieldIndex(Candidates.score(source.name())),
          LINKED.indexOf(source.name()),
          source.proposer().open());
    }
  }

  @Override
  public Iterator<Row> call(Iterator<Row> users) {
    CandidateModels shared = models.value();
    List<Voice> voices = shared.sources().stream().map(Voice::of).toList();
    Iterable<Row> rows = () -> users;
    return StreamSupport.stream(rows.spliterator(), false)
        .flatMap(user -> candidates(user, shared, voices))
        .iterator();
  }

  private Stream<Row> candidates(Row user, CandidateModels shared, List<Voice> voices) {
    Target target = target(user, shared);
    int[][] proposed = new int[voices.size()][];
    for (int voice = 0; voice < proposed.length; voice++) {
      voices.get(voice).scorer().look(target);
      proposed[voice] = voices.get(voice).scorer().proposed();
      Arrays.sort(proposed[voice]);
    }
    String userId = target.history().userId();
    return Arrays.stream(proposed)
        .flatMapToInt(IntStream::of)
        .sorted()
        .distinct()
        .mapToObj(item -> row(userId, item, shared.index(), voices, proposed));
  }

  private Target target(Row user, CandidateModels shared) {
    UserHistory history = UserHistory.of(user, shared.index(), historyItems);
    int factors = user.fieldIndex(UserFactors.FACTORS);
    return new Target(
        history,
        user.isNullAt(factors) ? List.of() : user.getList(factors),
        user.getAs(Users.LOCALE),
        shared.interests().of(history));
  }

  private static Row row(
      String userId, int item, ItemIndex index, List<Voice> voices, int[][] proposed) {
    Object[] row = new Object[WIDTH];
    row[USER_ID] = userId;
    row[ITEM_ID] = index.id(item);
    String[] names = new String[voices.size()];
    int count = 0;
    int plainest = LINKED.size();
    for (int voice = 0; voice < proposed.length; voice++) {
      Voice speaker = voices.get(voice);
      double score = speaker.scorer().score(item);
      row[speaker.column()] = Double.isNaN(score) ? null : score;
      if (Arrays.binarySearch(proposed[voice], item) >= 0) {
        names[count++] = speaker.name();
        boolean isPlainer = speaker.link() >= 0 && speaker.link() < plainest;
        int because = isPlainer ? speaker.scorer().because(item) : -1;
        if (because >= 0) {
          plainest = speaker.link();
          row[BECAUSE_ITEM_ID] = index.id(because);
          row[BECAUSE_SOURCE] = speaker.name();
        }
      }
    }
    String[] sources = Arrays.copyOf(names, count);
    Arrays.sort(sources);
    row[SOURCES] = sources;
    return RowFactory.create(row);
  }
}
