package dev.nightjar.pipeline.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.export.table.Decisions;
import dev.nightjar.export.table.PushSchedule;
import dev.nightjar.features.Soak;
import dev.nightjar.features.TestSpark;
import dev.nightjar.pipeline.night.Nightly;
import dev.nightjar.pipeline.night.StageOutcome;
import dev.nightjar.pipeline.night.StageRunner;
import dev.nightjar.pipeline.settings.ConfigLoader;
import dev.nightjar.pipeline.settings.Settings;
import dev.nightjar.pipeline.stage.Stage;
import dev.nightjar.pipeline.warehouse.Storage;
import dev.nightjar.pipeline.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights of a shop whose files are late, lost, doubled, contradictory and rotated away: nobody who
 * ever said no is planned, nor anybody in the hours in which it said that it sleeps, and nobody who
 * says yes is forgotten, also where a night is run again by what is left of its files. Eight nights
 * by default; {@code -Dnightjar.soak=all -Dnightjar.permission_nights=60} runs sixty, in about ten
 * minutes.
 */
@Soak
class PermissionNightsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 10);
  private static final int NIGHTS = Integer.getInteger("nightjar.permission_nights", 8);
  private static final Set<String> NOT_ASKED = Set.of("no_consent", "suppressed");

  @TempDir Path directory;

  @Test
  void nobodyWhoSaidNoIsPlannedAndNobodyWhoSaysYesIsLost() throws IOException {
    RawShop shop = new RawShop(Files.createDirectories(directory.resolve("shop")), 11);
    Night night = new Night();
    shop.open(FIRST.minusDays(1));
    Map<String, String> planned = Map.of();
    List<String> faults = new ArrayList<>();
    Set<String> everAllowed = new HashSet<>();
    Set<String> everRefused = new HashSet<>();
    int pushes = 0;
    for (int number = 0; number < NIGHTS; number++) {
      LocalDate day = FIRST.plusDays(number);
      shop.live(day, planned);
      planned = Map.of();
      if (number % 13 == 12) {
        continue; // the night was not run
      }
      night.run(day);
      Set<String> allowed = shop.allowed();
      faults.addAll(faults(night, day, shop, allowed));
      if (number % 4 == 1) {
        shop.rotate(day);
        night.run(day); // again, by what is left
        faults.addAll(faults(night, day, shop, allowed));
      }
      planned = night.planned(day);
      pushes += planned.size();
      Map<String, String> decided = night.decided(day);
      everAllowed.addAll(allowed);
      decided.forEach(
          (user, decision) -> {
            if (NOT_ASKED.contains(decision)) {
              everRefused.add(user);
            }
          });
      shop.rotate(day);
    }
    assertEquals(List.of(), faults);
    // nobody joins this shop, and who leaves it never comes back: its plans become shorter
    assertTrue(pushes > 2 * NIGHTS, pushes + " pushes");
    everRefused.retainAll(everAllowed);
    assertTrue(everRefused.size() >= Math.min(8, NIGHTS / 8), everRefused + " changed their minds");
  }

  /** Who is planned and said no, or sleeps, or said yes and is not asked. */
  private static List<String> faults(
      Night night, LocalDate day, RawShop shop, Set<String> allowed) {
    List<String> faults = new ArrayList<>();
    for (String user : new TreeSet<>(night.planned(day).values())) {
      if (!allowed.contains(user)) {
        faults.add(day + ": " + user + " is planned and said no");
      }
    }
    for (Row push : night.schedule(day)) {
      if (shop.sleeps(push.getString(1), push.getTimestamp(2).toInstant())) {
        faults.add(day + ": " + push + " while the user sleeps");
      }
    }
    Map<String, String> decided = night.decided(day);
    for (String user : allowed) {
      if (NOT_ASKED.contains(decided.getOrDefault(user, "suppressed"))) {
        faults.add(day + ": " + user + " said yes and is " + decided.get(user));
      }
    }
    return faults;
  }

  /** The nights of one root. */
  private final class Night {
    private final Settings settings;
    private final Warehouse warehouse;
    private final List<Stage> stages;

    Night() throws IOException {
      Path conf = directory.resolve("shop.conf");
      Files.writeString(conf, RawShop.conf());
      settings =
          Settings.from(
              ConfigLoader.load(List.of(conf), List.of("data=" + directory.resolve("shop"))));
      warehouse =
          new Warehouse(
              TestSpark.session(),
              Storage.open(
                  directory.resolve("root").toString(),
                  TestSpark.session().sparkContext().hadoopConfiguration()));
      List<Stage> nightly = Nightly.stages(settings, TestSpark.session());
      stages = List.of(nightly.get(0), nightly.get(1), new ListsStage(), nightly.get(8));
    }

    void run(LocalDate day) {
      StageRunner.Listener nobody =
          new StageRunner.Listener() {
            @Override
            public void started(Stage stage, int position, int of) {}

            @Override
            public void ended(StageOutcome outcome) {}
          };
      new StageRunner(warehouse, settings.raw(), nobody).run(stages, day, false);
    }

    Map<String, String> planned(LocalDate day) {
      Map<String, String> planned = new TreeMap<>();
      schedule(day).forEach(push -> planned.put(push.getString(0), push.getString(1)));
      return planned;
    }

    List<Row> schedule(LocalDate day) {
      return warehouse
          .rows(PushSchedule.TABLE, List.of(warehouse.manifest("push_schedule", day).get()))
          .select(PushSchedule.PUSH_ID, PushSchedule.USER_ID, PushSchedule.SEND_AT)
          .collectAsList();
    }

    Map<String, String> decided(LocalDate day) {
      Map<String, String> decided = new HashMap<>();
      for (Row row :
          warehouse
              .rows(Decisions.TABLE, List.of(warehouse.manifest("decisions", day).get()))
              .select(Decisions.USER_ID, Decisions.DECISION)
              .collectAsList()) {
        decided.put(row.getString(0), row.getString(1));
      }
      return decided;
    }
  }
}
