package dev.nightjar.features.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.TestSpark;
import dev.nightjar.features.catalog.SourcesDocumentTest.Examples;
import dev.nightjar.features.clean.EventDays;
import dev.nightjar.features.clean.EventLimits;
import dev.nightjar.features.refuse.RuleCounts;
import dev.nightjar.features.source.InputTable;
import dev.nightjar.features.source.SourceConfig;
import dev.nightjar.features.source.SourceFile;
import dev.nightjar.features.source.SourcesConfig;
import dev.nightjar.features.source.SourcesPage.Outcome;
import dev.nightjar.features.table.Users;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Examples of what a night makes of its inputs: who may be pushed, and whether it goes on. */
final class NightExamples {
  private static final LocalDate D = RawFiles.D;
  private static final String CHANGES =
      """
      users {
        path = "users/{date}.csv"
        columns { user_id = u, consent = c, created_at = made, updated_at = at }
      }
      """;
  private static final String SNAPSHOT =
      "users { path = \"users.csv\", columns { user_id = u, consent = c } }";
  private static final String EDITED =
      "users { path = \"users.csv\", columns { user_id = u, consent = c, updated_at = at } }";
  private static final String LIST =
      """
      suppressions {
        path = "list.csv"
        columns { user_id = u, reason = r, since = at, released_at = until }
      }
      """;
  private static final String PUSHES =
      """
      pushes {
        path = "pushes.csv"
        columns { push_id = p, user_id = u, sent_at = at, unsubscribed_at = l, bounced_at = b }
      }
      """;
  private static final String EVENTS =
      """
      events {
        path = "events/{date}.csv"
        columns { user_id = u, item_id = i, event_type = t, event_time = at }
      }
      """;

  private NightExamples() {}

  static void add(Examples examples) {
    consent(examples);
    suppressions(examples);
    leftByThePushLog(examples);
    freshness(examples);
    nights(examples);
  }

  // ---- permission ------------------------------------------------------------------

  private static void consent(Examples examples) {
    People changes = new People(CHANGES, "users/2026-03-10.csv", "u,c,made,at");
    People lists = new People(SNAPSHOT, "users.csv", "u,c");
    People edited = new People(EDITED, "users.csv", "u,c,at");
    examples
        .line(
            "a yes, whatever else of the row cannot be read",
            changes.consent("ann,yes,,2026-03-01"),
            changes.consent("ann,yes,soon,2026-03-01"),
            changes.consent("ann,yes,,soon"))
        .line(
            "nothing stated, where shop.consent_by_default is false",
            changes.consent(),
            changes.consent("ann,,,"))
        .line(
            "a value that is no boolean; a row that cannot be split but names its user",
            changes.consent("ann,ja,,"),
            changes.consent("ann,yes,,2026-03-01", "ann,2,,2026-03-02"),
            changes.consent("ann,yes,,2026-03-09", "ann,yes"))
        .line(
            "a no and a yes of one moment",
            changes.consent("ann,yes,,2026-03-01", "ann,no,,2026-03-01"),
            lists.consent("ann,no", "ann,yes"))
        .line(
            "a newer yes after a no",
            changes.consent("ann,yes,,2026-03-02", "ann,no,,2026-03-01"),
            changes.after("ann,no,,2026-03-01").consent("ann,yes,,2026-03-02"))
        .line(
            "a yes of an earlier night, in an undated list whose row was changed after the night and says it still",
            edited.after("ann,yes,2026-03-09").consent("ann,yes,2026-03-11 02:00:00"))
        .line(
            "a newer row that is blank, after a yes; after a no",
            changes.consent("ann,yes,,2026-03-01", "ann,,,2026-03-02"),
            changes.consent("ann,no,,2026-03-01", "ann,,,2026-03-02"))
        .line(
            "a no whose time cannot be read, or is still to come",
            changes.consent("ann,yes,,2026-03-09", "ann,no,,soon"),
            changes.consent("ann,yes,,2026-03-09", "ann,no,,2026-03-20"))
        .line(
            "a no of an earlier night, whose file is gone",
            changes.after("ann,no,,2026-03-01").consent(),
            lists.after("ann,no").consent())
        .line(
            "a yes of an earlier night: who is missing from a newer snapshot, also from one with only a header",
            lists.after("ann,yes").consent(),
            NightExamples::emptyList)
        .line(
            "a yes of an earlier night: who is missing from newer changes",
            changes.after("ann,yes,,2026-03-01").consent());
  }

  private static void suppressions(Examples examples) {
    People list = new People(LIST, "list.csv", "u,r,at,until");
    examples
        .line(
            "a row of the list, also one without a readable since, or that cannot be split; one of an earlier night, whatever the list has now",
            list.suppressed("spam 2026-03-01 00:00:00.0", "ann,spam,2026-03-01,"),
            list.suppressed("spam 2026-03-20 00:00:00.0", "ann,spam,2026-03-20,"),
            list.suppressed("spam -", "ann,spam,,"),
            list.suppressed("spam -", "ann,spam,soon,"),
            list.suppressed("- -", "ann"),
            list.after("ann,spam,,").suppressed("spam -"))
        .line(
            "released_at after since; the old entry again",
            list.suppressed("", "ann,,2026-03-01,", "ann,,2026-03-01,2026-03-05"),
            list.after("ann,,2026-03-01,2026-03-05").suppressed("", "ann,,2026-03-01,"))
        .line(
            "released_at before since, or still to come, or beside a since that cannot be read",
            list.suppressed("- 2026-03-06 00:00:00.0", "ann,,2026-03-06,2026-03-05"),
            list.suppressed("- 2026-03-01 00:00:00.0", "ann,,2026-03-01,2026-03-20"),
            list.suppressed("- 2026-03-10 23:59:59.0", "ann,,,2026-03-20"),
            list.suppressed("- -", "ann,,soon,2026-03-05"),
            list.after("ann,,2026-03-06,")
                .suppressed("- 2026-03-06 00:00:00.0", "ann,,2026-03-01,2026-03-05"),
            list.after("ann,,2026-03-01,")
                .suppressed("- 2026-03-01 00:00:00.0", "ann,,2026-03-01,2026-03-20"))
        .line("a later yes", NightExamples::laterYes)
        .line("an entry that is no user of the shop", NightExamples::unknown);
  }

  private static void leftByThePushLog(Examples examples) {
    People log = new People(PUSHES, "pushes.csv", "p,u,at,l,b");
    examples
        .line(
            "an unsubscribe or bounce of the push log, without push_id and sent_at, too; one that names only the push; one whose time cannot be read, or of a row that cannot be split",
            log.suppressed("unsubscribed 2026-03-09 00:00:00.0", ",ann,,2026-03-09,"),
            log.suppressed("bounced 2026-03-09 00:00:00.0", ",ann,,,2026-03-09"),
            log.suppressed(
                "unsubscribed 2026-03-09 00:00:00.0",
                "ann-1,ann,2026-03-08,,\nann-1,,,2026-03-09,"),
            log.suppressed("unsubscribed 2026-03-09 00:00:00.0", "p-ann,,,2026-03-09,"),
            log.suppressed("unsubscribed 2026-03-08 00:00:00.0", "p,ann,2026-03-08,x,"),
            log.suppressed("unsubscribed -", ",ann,,x,"),
            log.suppressed("unsubscribed -", "p,ann,2026-03-08,2026-03-09,,more"),
            log.suppressed("unsubscribed -", "p,ann,2026-03-08,2026-03-09"),
            log.suppressed("bounced -", "p,ann,2026-03-08,,2026-03-09,more"))
        .line(
            "an outcome that cannot be read in more than clean.max_reject_share of the rows, or in most rows of one file",
            files -> {
              String rows = "p,ann,2026-03-08,x,\n".repeat(3);
              return files.with("pushes.csv", "p,u,at,l,b\n" + rows).night(PUSHES);
            },
            files -> {
              String rows = "0.0,ann,2026-03-08,-,\n1.0,bob,2026-03-08,-,\n";
              return files.with("pushes.csv", "p,u,at,l,b\n" + rows).night(PUSHES);
            },
            files -> {
              String rows = "p,ann,2026-03-08,,\n".repeat(20);
              files.with("log/1.csv", "p,u,at,l,b\n" + rows);
              files.with("log/2.csv", "p,u,at,l,b\n" + "p,bob,2026-03-08,-,\n".repeat(3));
              return files.night(PUSHES.replace("pushes.csv", "log/*.csv"));
            });
  }

  /** Rows about many users, each one's own example, which two nights read for all of them. */
  private static final class People {
    private final String config;
    private final String file;
    private final StringBuilder before;
    private final StringBuilder tonight;
    private int users;
    private boolean isNext;
    private Optional<Ledger> ledger = Optional.empty();

    People(String config, String file, String header) {
      this.config = config;
      this.file = file;
      before = new StringBuilder(header + "\n");
      tonight = new StringBuilder(header + "\n");
    }

    /** Rows that the night before has read of the user of the next example. */
    People after(String... rows) {
      add(before, next(), rows);
      isNext = true;
      return this;
    }

    /** Whether ann, whose name stands for the user of the example, has consent. */
    Function<RawFiles, Outcome> consent(String... rows) {
      String user = add(tonight, next(), rows);
      return files -> RawFiles.consent(ledger(files), user);
    }

    /**
     * Whether ann is suppressed.
     *
     * @param expected why and since when; empty where she is not
     */
    Function<RawFiles, Outcome> suppressed(String expected, String... rows) {
      String user = add(tonight, next(), rows);
      return files -> RawFiles.suppression(ledger(files), user, expected);
    }

    private String next() {
      users += isNext ? 0 : 1;
      isNext = false;
      return "ann" + users;
    }

    private static String add(StringBuilder text, String user, String... rows) {
      Stream.of(rows).forEach(row -> text.append(row.replace("ann", user)).append("\n"));
      return user;
    }

    private Ledger ledger(RawFiles files) {
      if (ledger.isEmpty()) {
        Ledger first = files.with(file, before.toString()).ledger(config, none());
        ledger = Optional.of(files.with(file, tonight.toString()).ledger(config, first));
      }
      return ledger.orElseThrow();
    }
  }

  // ---- freshness and size ------------------------------------------------------------

  private static void freshness(Examples examples) {
    examples
        .line(
            "users or suppressions whose newest file is too old",
            files -> old(files, "users", "", D.minusDays(4)),
            files -> old(files, "suppressions", "", D.minusDays(4)))
        .line(
            "users or suppressions of far fewer or more rows than before, or far more that cannot be used",
            files -> sized(files, "users", "", 20, 9, 0),
            files -> sized(files, "suppressions", "", 20, 71, 0),
            files -> sized(files, "users", "", 20, 20, 8),
            files -> sized(files, "users", "", 2, 0, 0))
        .line(
            "the same of items or pushes, or with expect.otherwise = warn",
            files -> old(files, "items", "", D.minusDays(31)),
            files -> sized(files, "items", "", 20, 9, 0),
            files -> sized(files, "users", "otherwise = warn", 20, 9, 0))
        .line(
            "a first night; a difference of up to five rows, or of fifty more; a full day that is now before lookback_days",
            files -> old(files, "users", "", D.minusDays(3)),
            files -> sized(files, "users", "", 8, 3, 0),
            files -> sized(files, "users", "", 0, 20, 0),
            files -> sized(files, "suppressions", "", 1, 51, 0),
            NightExamples::aFullDayLongAgo);
  }

  // ---- the night -------------------------------------------------------------------

  private static void nights(Examples examples) {
    examples
        .line(
            "no file of the night's own day",
            files -> night(files.with("events/2026-03-09.csv", events(1, 0, 0))))
        .line(
            "a header in mid-file of the events whose columns are in another order",
            files ->
                night(
                    files.with(
                        "events/2026-03-10.csv",
                        events(5, 0, 0) + "i,u,t,at\nmug,eve,view,2026-03-10 12:00:00\n")))
        .line(
            "a file of it without rows",
            files -> night(files.with("events/2026-03-10.csv", events(0, 0, 0))))
        .line(
            "more than clean.max_reject_share refused of the events, but for guests, bots and duplicates, or of another input",
            files -> night(files.with("events/2026-03-10.csv", events(5, 3, 0))),
            files ->
                files
                    .with("pushes.csv", "p,u,at,l,b\np,ann,soon,,\np,bob,2026-03-08,,\n")
                    .night(PUSHES))
        .line(
            "more than clean.max_guest_share of the events without a user, or of bots",
            files -> {
              files.with("events/2026-03-10.csv", events(8, 0, 7));
              assertEquals("read", night(files).verdict());
              return night(files.with("events/2026-03-10.csv", events(20, 0, 19)));
            })
        .line(
            "a day one of whose files is gone",
            files -> {
              files.with("events/2026-03-09.csv", events(1, 0, 0));
              files.with("events/2026-03-10.csv", events(1, 0, 0));
              SourceConfig source = files.source(EVENTS);
              EventDays whole = EventDays.of(source, files.files(source), D, RawFiles.CLEAN);
              delete(files.path("events/2026-03-09.csv"));
              EventDays less = EventDays.of(source, files.files(source), D, RawFiles.CLEAN);
              assertTrue(less.hasLost(D, whole.stamps(D).keySet(), source, D));
              return new Outcome("kept", List.of());
            });
  }

  // ---- what the examples are made of ------------------------------------------------

  private static Ledger none() {
    return Ledger.none(TestSpark.session());
  }

  private static Outcome laterYes(RawFiles files) {
    files.with("list.csv", "u,r,at,until\nann,spam,2026-03-01,\n");
    files.with("users/2026-03-10.csv", "u,c,made,at\nann,yes,,2026-03-05\n");
    return RawFiles.suppression(
        files.ledger(CHANGES + LIST, none()), "ann", "spam 2026-03-01 00:00:00.0");
  }

  private static Outcome emptyList(RawFiles files) {
    files.with("users/2026-03-09.csv", "u,c,made,at\nann,yes,,\n");
    files.with("users/2026-03-10.csv", "u,c,made,at\n");
    String lists = CHANGES.replace("path", "kind = snapshot, path");
    return RawFiles.consent(files.ledger(lists, none()), "ann");
  }

  private static Outcome unknown(RawFiles files) {
    files.with("list.csv", "u,r,at,until\nann,,,\n");
    Dataset<Row> nobody = Users.TABLE.empty(TestSpark.session());
    Ledger ledger = files.ledger(LIST, none());
    String told =
        new Catalog(nobody, nobody, nobody, nobody, ledger)
            .unknownSuppressed(files.inputs(files.sources(LIST)))
            .orElse("");
    return new Outcome(RawFiles.suppression(ledger, "ann", "- -").verdict(), List.of(told));
  }

  /** One file of an input that was changed on a day. */
  private static Outcome old(RawFiles files, String input, String expect, LocalDate day) {
    SourceConfig source = files.with("a.csv", "i\nann\n").source(config(input, expect));
    try {
      Files.setLastModifiedTime(
          files.path("a.csv"),
          FileTime.from(day.atTime(12, 0).toInstant(java.time.ZoneOffset.UTC)));
    } catch (java.io.IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
    return unusual(
        InputAge.of(source, files.files(source), D, RawFiles.SHOP.zone()).stream().toList());
  }

  /** An input of so many rows, after a night of another number; 0 for no such night. */
  private static Outcome sized(
      RawFiles files, String input, String expect, int before, int rows, int broken) {
    SourcesConfig sources = files.with("a.csv", rows(before, 0)).sources(config(input, expect));
    SourceConfig source = sources.inputs().values().iterator().next();
    RuleCounts last = before == 0 ? new RuleCounts(List.of()) : counts(files, source);
    files.with("a.csv", rows(rows, broken));
    return unusual(
        UsualCounts.compare(
            sources,
            counts(files, source),
            UsualCounts.table(TestSpark.session(), last, D.minusDays(1)),
            D));
  }

  /**
   * A list of changes whose first file, of many rows, was the last night's but is not tonight's.
   */
  private static Outcome aFullDayLongAgo(RawFiles files) {
    files.with("list/2026-03-08.csv", rows(40, 0)).with("list/2026-03-09.csv", rows(1, 0));
    SourcesConfig sources =
        files.sources(
            "suppressions { path = \"list/{date}.csv\", lookback_days = 1, columns { user_id = i } }");
    SourceConfig source = sources.inputs().values().iterator().next();
    Dataset<Row> lastNight =
        UsualCounts.table(TestSpark.session(), counts(files, source), D.minusDays(1));
    delete(files.path("list/2026-03-08.csv"));
    files.with("list/2026-03-10.csv", rows(1, 0));
    return unusual(UsualCounts.compare(sources, counts(files, source), lastNight, D));
  }

  private static String config(String input, String expect) {
    String id = input.equals("items") ? "item_id" : "user_id";
    return "%s { path = \"a.csv\", columns { %s = i }, expect { %s } }"
        .formatted(input, id, expect);
  }

  private static String rows(int good, int broken) {
    return "i\n" + "ann\n".repeat(good - broken) + "null\n".repeat(broken);
  }

  private static RuleCounts counts(RawFiles files, SourceConfig source) {
    return files.read(source, RawFiles.CLEAN).counts(source.table());
  }

  private static Outcome unusual(List<Unusual> found) {
    return RawFiles.outcome(
        () -> {
          List<String> notes = Unusual.require(found);
          return new Outcome(notes.isEmpty() ? "read" : "told", notes);
        });
  }

  private static String events(int rows, int broken, int guests) {
    List<String> lines = new ArrayList<>(List.of("u,i,t,at"));
    for (int i = 0; i < rows; i++) {
      String user = i < guests ? "guest" : "u" + i;
      String type = i < broken ? "glance" : "view";
      lines.add(user + ",mug," + type + ",2026-03-10 12:00:00");
    }
    return String.join("\n", lines) + "\n";
  }

  private static Outcome night(RawFiles files) {
    SourceConfig source = files.source(EVENTS);
    return RawFiles.outcome(
        () -> {
          List<SourceFile> found = files.files(source);
          EventLimits limits = new EventLimits(source, RawFiles.CLEAN, false);
          limits.requireFileOf(D, found);
          RawFiles.Read read = files.read(source, RawFiles.CLEAN);
          limits.requireSound(
              read.counts(InputTable.EVENTS), List.of(D), D, () -> read.rows().size());
          return new Outcome("read", List.of());
        });
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (java.io.IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
