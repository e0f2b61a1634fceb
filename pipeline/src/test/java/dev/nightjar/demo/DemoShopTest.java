package dev.nightjar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.DataException;
import dev.nightjar.features.config.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One shop of 1,000 users over 30 days, with the day Berlin's clocks go forward among them. */
class DemoShopTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final LocalDate LAST = LocalDate.of(2026, 4, 2);
  private static final DemoConfig CONFIG =
      demo(
          "users = 1000, items = 200, days = 30, holdout_days = 7",
          "seed = 7, sessions_per_day = 0.22, dirt_share = 0.02");
  private static final DemoConfig SMALL =
      demo(
          "users = 30, items = 60, days = 5, holdout_days = 2",
          "seed = 7, sessions_per_day = 0.5, dirt_share = 0.02");

  private static DemoConfig demo(String... over) {
    String all = "last_date = \"" + LAST + "\"\n" + String.join("\n", over);
    return Configs.of(DemoConfig.class, "demo", all);
  }

  @TempDir static Path temporary;
  private static Path shop;
  private static RawLog log;
  private static DemoTruth truth;

  @BeforeAll
  static void generate() throws IOException {
    shop = temporary.resolve("shop");
    DemoShop.generate(CONFIG, shop);
    log = new RawLog(shop, BERLIN, CONFIG.opened());
    truth = DemoTruth.load(shop);
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws Exception {
    DemoShop.generate(SMALL, temporary.resolve("one"));
    DemoShop.generate(SMALL, temporary.resolve("two"));
    assertEquals(digests(temporary.resolve("one")), digests(temporary.resolve("two")));
  }

  @Test
  void anotherSeedGivesAnotherShop() throws Exception {
    DemoConfig other =
        demo(
            "users = 30, items = 60, days = 5, holdout_days = 2",
            "seed = 8, sessions_per_day = 0.5, dirt_share = 0.02");
    DemoShop.generate(SMALL, temporary.resolve("seed-7"));
    DemoShop.generate(other, temporary.resolve("seed-8"));
    Map<String, String> seven = digests(temporary.resolve("seed-7"));
    Map<String, String> eight = digests(temporary.resolve("seed-8"));
    assertEquals(seven.keySet(), eight.keySet());
    for (String file : List.of("events/" + LAST + ".csv", "items.csv", "users.csv")) {
      assertNotEquals(seven.get(file), eight.get(file), file);
    }
  }

  @Test
  void replacesAShopOfOtherSettingsAndLeavesNoneOfItsFiles() throws Exception {
    DemoConfig shorter =
        demo(
            "users = 30, items = 60, days = 3, holdout_days = 2",
            "seed = 7, sessions_per_day = 0.5, dirt_share = 0.02");
    Path directory = temporary.resolve("replaced");
    DemoShop.generate(SMALL, directory);
    DemoShop.generate(shorter, directory);
    try (Stream<Path> files = Files.list(directory.resolve("events"))) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void leavesAShopOfTheSameSettingsAlone() throws Exception {
    Path directory = temporary.resolve("kept");
    DemoSummary first = DemoShop.generate(SMALL, directory);
    Path added = Files.writeString(directory.resolve("note.txt"), "mine");
    assertEquals(first, DemoShop.generate(SMALL, directory));
    assertTrue(Files.exists(added));
  }

  @Test
  void refusesADirectoryWithOtherFiles() throws Exception {
    Path directory = Files.createDirectories(temporary.resolve("foreign"));
    Path mine = Files.writeString(directory.resolve("thesis.txt"), "years of work");
    DataException refused =
        assertThrows(DataException.class, () -> DemoShop.generate(SMALL, directory));
    assertTrue(refused.getMessage().contains("holds other files"), refused.getMessage());
    assertTrue(Files.exists(mine));
  }

  @Test
  void hasTheUsersItemsAndDaysAskedFor() throws Exception {
    assertEquals(1000, created("users.csv", 0, 3).size());
    assertEquals(200, rows("items.csv").size());
    try (Stream<Path> files = Files.list(shop.resolve("events"))) {
      assertEquals(30, files.count());
    }
    assertEquals(1000, truth.users().size());
    assertEquals(LAST, truth.lastDate());
    assertTrue(
        Files.readString(shop.resolve("shop.conf")).contains("shop.opened = \"2025-03-04\""));
  }

  @Test
  void aUserOfASmallShopLivesTheSameDaysInALargerOne() {
    Path small = temporary.resolve("few");
    Path large = temporary.resolve("many");
    DemoConfig more =
        demo(
            "users = 60, items = 60, days = 5, holdout_days = 2",
            "seed = 7, sessions_per_day = 0.5, dirt_share = 0.02");
    DemoSummary few = DemoShop.generate(SMALL, small);
    DemoSummary many = DemoShop.generate(more, large);
    assertTrue(many.events() > 1.3 * few.events(), few.events() + " and " + many.events());
    Map<String, Set<String>> bought = DemoTruth.load(large).holdoutPurchases(2);
    bought.keySet().retainAll(DemoTruth.load(small).users());
    assertEquals(DemoTruth.load(small).holdoutPurchases(2), bought);
    assertFalse(bought.isEmpty());
  }

  @Test
  void countsOfDirtAgreeWithARecountOfTheFiles() {
    DemoSummary counted = truth.counts();
    assertEquals(log.rejected, counted.rejected());
    assertEquals(13, log.rejected.size(), log.rejected.toString());
    assertEquals(log.rows, counted.rows());
    assertEquals(log.kept.size(), counted.events());
    assertEquals(
        log.kept.stream().filter(row -> row.columns().get(3).equals("purchase")).count(),
        counted.purchases());
    assertEquals(
        log.kept.stream().filter(row -> !row.file().equals(row.day())).count(), counted.lateRows());
    assertTrue(counted.lateRows() > 50, "late rows " + counted.lateRows());
  }

  @Test
  void aFileHoldsAShopLocalDayAndAFewRowsOfTheDayBefore() {
    for (RawLog.Kept row : log.kept) {
      boolean isLate = row.day().equals(row.file().minusDays(1));
      assertTrue(isLate || row.day().equals(row.file()), row.file() + " holds " + row.time());
    }
    LocalDate spring = LocalDate.of(2026, 3, 29);
    Instant start = Instant.parse("2026-03-28T23:00:00Z");
    Instant end = Instant.parse("2026-03-29T22:00:00Z");
    List<Instant> times =
        log.kept.stream().filter(row -> row.day().equals(spring)).map(RawLog.Kept::time).toList();
    assertTrue(times.size() > 500, "events " + times.size());
    assertTrue(times.stream().allMatch(time -> !time.isBefore(start) && time.isBefore(end)));
  }

  @Test
  void everyEventIsOfAKnownUserAndItemAfterRegistrationAndLaunch() throws Exception {
    Map<String, Instant> users = created("users.csv", 0, 3);
    Map<String, Instant> items = created("items.csv", 0, 6);
    for (RawLog.Kept row : log.kept) {
      List<String> columns = row.columns();
      assertFalse(row.time().isBefore(users.get(columns.get(1))), columns.toString());
      if (!columns.get(2).isEmpty()) {
        assertFalse(row.time().isBefore(items.get(columns.get(2))), columns.toString());
      }
    }
  }

  @Test
  void aFewUsersAreColdAndTheOthersBuyAboutOneTimeInTwenty() {
    Set<String> active =
        log.kept.stream()
            .map(row -> row.columns().get(1))
            .collect(Collectors.toCollection(HashSet::new));
    assertTrue(active.size() < 1000 - 20 && active.size() > 800, "active " + active.size());
    double share = (double) truth.counts().purchases() / truth.counts().events();
    assertTrue(share > 0.03 && share < 0.07, "share of purchases " + share);
  }

  @Test
  void zonesAreOfThreeContinentsWithAndWithoutDst() {
    Map<ZoneId, Long> zones =
        truth.users().stream().collect(Collectors.groupingBy(truth::zone, Collectors.counting()));
    for (String zone : List.of("Europe/Berlin", "America/New_York", "Asia/Tokyo")) {
      assertTrue(zones.get(ZoneId.of(zone)) > 150, zones.toString());
    }
    assertTrue(zones.get(ZoneId.of("Asia/Kolkata")) > 20, zones.toString());
  }

  @Test
  void mostUsersPeakAtAnotherHourThanTheShop() {
    int[] sessions = new int[24];
    Set<String> seen = new HashSet<>();
    for (RawLog.Kept row : log.kept) {
      if (seen.add(row.columns().get(5)) && !row.columns().get(5).isEmpty()) {
        sessions[row.time().atZone(truth.zone(row.columns().get(1))).getHour()]++;
      }
    }
    int top =
        IntStream.range(0, 24).reduce((a, b) -> sessions[a] >= sessions[b] ? a : b).orElse(-1);
    long near =
        truth.users().stream().filter(user -> Math.abs(truth.peakHour(user) - top) <= 1).count();
    assertTrue(near < 400, near + " of 1000 peak near " + top);
    for (String user : truth.users()) {
      double day = IntStream.range(0, 24).mapToDouble(hour -> truth.activity(user, hour)).sum();
      assertEquals(1, day, 1e-6);
    }
  }

  @Test
  void sessionsFollowTheirUsersCurve() {
    double planted = 0;
    double flat = 0;
    Set<String> seen = new HashSet<>();
    for (RawLog.Kept row : log.kept) {
      String session = row.columns().get(5);
      if (!session.isEmpty() && !row.columns().get(11).equals("push") && seen.add(session)) {
        String user = row.columns().get(1);
        planted += Math.log(truth.activity(user, hourOfWeek(row.time(), truth.zone(user))));
        flat += Math.log(1 / 24.0);
      }
    }
    assertTrue(planted / seen.size() > flat / seen.size() + 0.5, planted + " against " + flat);
  }

  @Test
  void pushesComeAsOftenAsTheirPropensitySays() throws Exception {
    Map<String, Integer> hours = new HashMap<>();
    Set<String> unpushable = new HashSet<>();
    for (String[] user : rows("users.csv")) {
      int from = user[5].isEmpty() ? 24 : Integer.parseInt(user[5].substring(0, 2));
      int to = user[6].isEmpty() ? 0 : Integer.parseInt(user[6].substring(0, 2));
      hours.put(user[0], Math.min(22, from) - Math.max(9, to));
      if (!user[4].equals("true") || Instant.parse(user[3]).isAfter(start(CONFIG.firstDate()))) {
        unpushable.add(user[0]);
      }
    }
    rows("suppressions.csv").forEach(row -> unpushable.add(row[0]));
    List<String[]> pushes = pushes();
    pushes.stream().filter(push -> !push[8].isEmpty()).forEach(push -> unpushable.add(push[1]));
    double sent = 0;
    int[] byHour = new int[24];
    for (String[] push : pushes) {
      double propensity = 2.0 / 7 / hours.get(push[1]) / 20;
      assertEquals(propensity, Double.parseDouble(push[9]), 1e-8, String.join(",", push));
      if (!unpushable.contains(push[1])) {
        sent++;
        if (hours.get(push[1]) == 13) {
          byHour[Instant.parse(push[4]).atZone(truth.zone(push[1])).getHour()]++;
        }
      }
    }
    double expected = (1000 - unpushable.size()) * 30 * 2.0 / 7;
    assertEquals(expected, sent, 4 * Math.sqrt(expected));
    double perHour = IntStream.of(byHour).sum() / 13.0;
    for (int hour = 0; hour < 24; hour++) {
      double due = hour >= 9 && hour <= 21 ? perHour : 0;
      assertEquals(due, byHour[hour], 4.5 * Math.sqrt(due), "pushes at " + hour);
    }
  }

  @Test
  void opensComeAsOftenAsThePlantedCurveSays() throws Exception {
    double[] expected = new double[2];
    double[] opened = new double[2];
    Instant knownAfter = start(LAST);
    for (String[] push : pushes()) {
      Instant sent = Instant.parse(push[4]);
      if (sent.isBefore(knownAfter)) {
        double chance = truth.openProbability(push[1], hourOfWeek(sent, truth.zone(push[1])));
        int group = chance < 0.12 ? 0 : 1;
        expected[group] += chance;
        opened[group] += push[6].isEmpty() ? 0 : 1;
      }
    }
    for (int group = 0; group < 2; group++) {
      assertTrue(expected[group] > 200, "expected " + expected[group]);
      assertEquals(expected[group], opened[group], 4 * Math.sqrt(expected[group]));
    }
  }

  @Test
  void nobodyIsPushedWithoutConsentOrInQuietHours() throws Exception {
    Map<String, Instant> barred = new HashMap<>();
    for (String[] user : rows("users.csv")) {
      if (!user[4].equals("true")) {
        barred.put(user[0], Instant.MIN);
      }
    }
    for (String[] row : rows("suppressions.csv")) {
      barred.putIfAbsent(row[0], row[2].isEmpty() ? Instant.MIN : Instant.parse(row[2]));
    }
    for (String[] push : pushes()) {
      Instant sent = Instant.parse(push[4]);
      assertTrue(sent.isBefore(barred.getOrDefault(push[1], Instant.MAX)), String.join(",", push));
      if (!push[8].isEmpty()) {
        barred.put(push[1], Instant.parse(push[8]));
      }
    }
  }

  @Test
  void theListOfUsersIsAtOddsAboutTheConsentOfSome() throws Exception {
    Map<String, Set<String>> stated = new HashMap<>();
    for (String[] user : rows("users.csv")) {
      stated.computeIfAbsent(user[0], id -> new HashSet<>()).add(user[4]);
    }
    long atOdds = stated.values().stream().filter(Set.of("true", "false")::equals).count();
    assertTrue(atOdds >= 3 && atOdds <= 25, atOdds + " of 1000");
    assertTrue(stated.values().stream().allMatch(of -> of.size() == 1 || of.contains("false")));
  }

  @Test
  void theLogEndsWhereTheHoldoutBegins() throws Exception {
    Instant end = start(LAST.plusDays(1));
    assertTrue(log.kept.stream().allMatch(row -> row.time().isBefore(end)));
    for (String[] push : pushes()) {
      for (int column = 4; column <= 8; column++) {
        assertTrue(
            push[column].isEmpty() || Instant.parse(push[column]).isBefore(end),
            String.join(",", push));
      }
    }
    List<String[]> holdout = rows("truth/holdout_events.csv");
    assertTrue(holdout.size() > 1000, "holdout " + holdout.size());
    Instant close = start(LAST.plusDays(8));
    for (String[] row : holdout) {
      Instant time = Instant.parse(row[4]);
      assertTrue(!time.isBefore(end) && time.isBefore(close), String.join(",", row));
    }
  }

  @Test
  void goodsWithARhythmAreBoughtAgainAboutEveryPeriod() {
    Map<String, List<Instant>> purchases = new TreeMap<>();
    for (RawLog.Kept row : log.kept) {
      if (row.columns().get(3).equals("purchase")) {
        String pair = row.columns().get(1) + " " + row.columns().get(2);
        purchases.computeIfAbsent(pair, key -> new ArrayList<>()).add(row.time());
      }
    }
    Map<String, Double> periods = new HashMap<>();
    readRhythms(periods);
    long again = 0;
    long planted = 0;
    for (Map.Entry<String, List<Instant>> pair : purchases.entrySet()) {
      if (pair.getValue().size() >= 2) {
        again++;
        planted += periods.containsKey(pair.getKey()) ? 1 : 0;
      }
    }
    assertTrue(again > 100, "pairs bought again " + again);
    assertTrue(planted > 0.5 * again, planted + " of " + again);
  }

  private static void readRhythms(Map<String, Double> periods) {
    try {
      for (String[] row : rows("truth/rhythms.csv")) {
        periods.put(row[0] + " " + row[1], Double.parseDouble(row[2]));
      }
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static List<String[]> rows(String file) throws IOException {
    List<String> lines = Files.readAllLines(shop.resolve(file));
    return lines.subList(1, lines.size()).stream().map(RawLog::columns).toList();
  }

  /** Every push of the log, by time. */
  private static List<String[]> pushes() throws IOException {
    List<String[]> pushes = new ArrayList<>();
    for (LocalDate day = CONFIG.firstDate(); !day.isAfter(LAST); day = day.plusDays(1)) {
      for (String[] push : rows("pushes/" + day + ".csv")) {
        assertEquals(day, LocalDate.ofInstant(Instant.parse(push[4]), BERLIN));
        pushes.add(push);
      }
    }
    return pushes;
  }

  private static Map<String, Instant> created(String file, int id, int time) throws IOException {
    return rows(file).stream()
        .collect(
            Collectors.toMap(row -> row[id], row -> Instant.parse(row[time]), (one, same) -> one));
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(BERLIN).toInstant();
  }

  private static int hourOfWeek(Instant time, ZoneId zone) {
    ZonedDateTime local = time.atZone(zone);
    return (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
  }

  private static Map<String, String> digests(Path directory)
      throws IOException, NoSuchAlgorithmException {
    Map<String, String> digests = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> walked = Files.walk(directory)) {
      files = walked.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      digests.put(
          directory.relativize(file).toString().replace('\\', '/'),
          HexFormat.of().formatHex(digest));
    }
    return digests;
  }
}
