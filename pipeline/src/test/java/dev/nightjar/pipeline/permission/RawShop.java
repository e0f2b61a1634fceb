package dev.nightjar.pipeline.permission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A shop whose files come as files do: late, twice, in parts, at odds with one another, not at all,
 * and gone after a few days. It remembers what every file said, so that it can answer who may be
 * pushed without reading any of them.
 */
final class RawShop {
  /** Days that a night looks back in a source; older files are rotated away once they were read. */
  static final int LOOKBACK_DAYS = 4;

  private static final int USERS = 24;
  private static final String USERS_HEADER = "user,consent,updated,zone,from,to\n";

  /** Where some users live; they are awake from 06:00 to 09:00 of the shop's zone alone. */
  private static final ZoneId ELSEWHERE = ZoneId.of("Etc/GMT-12");

  private static final int SLEEPS_FROM = 21;
  private static final int SLEEPS_TO = 18;
  private static final List<String> YES = List.of("true", "1", "yes", "Y", "TRUE");
  private static final List<String> NO = List.of("false", "0", "no", "n", "maybe", "2", "NaN");
  private static final List<String> AROUND =
      List.of("%s", "%s", "%s", " %s ", "\u00a0%s", "%s\u200b", "\ufeff%s");

  /** What a row of a file says about a user; {@code at} is when it was true. */
  private record Fact(String user, String says, Instant at) {}

  private final Path directory;
  private final Random random;
  private final List<Fact> consents = new ArrayList<>();
  private final TreeSet<String> barred = new TreeSet<>();

  /** Files that are written but reach the folder only on a later day: path to text, by day. */
  private final Map<LocalDate, Map<String, StringBuilder>> onTheWay = new TreeMap<>();

  /** Facts that become known with a file that is on the way. */
  private final Map<LocalDate, List<Runnable>> withIt = new HashMap<>();

  RawShop(Path directory, long seed) {
    this.directory = directory;
    this.random = new Random(seed);
  }

  static String conf() {
    return """
    shop.zone = "UTC"
    run.allow_closed_day = true
    clean.max_reject_share = 0.9
    policy { control_share = 0, explore_share = 0 }
    sources.events {
      path = ${data}"/events/{date}.csv"
      columns { user_id = user, item_id = item, event_type = type, event_time = time }
    }
    sources.users {
      path = ${data}"/users/{date}*.csv", lookback_days = %1$d
      columns {
        user_id = user, consent = consent, updated_at = updated
        zone = zone, quiet_from = from, quiet_to = to
      }
      expect { max_age_days = 60, otherwise = warn }
    }
    sources.suppressions {
      path = ${data}"/suppressions/{date}*.csv", lookback_days = %1$d
      columns { user_id = user, since = since }
      expect { max_age_days = 60, otherwise = warn }
    }
    sources.pushes {
      path = ${data}"/pushes/{date}*.csv", lookback_days = %1$d
      columns { push_id = push, user_id = user, sent_at = sent, unsubscribed_at = left }
      expect { max_age_days = 60 }
    }
    """
        .formatted(LOOKBACK_DAYS);
  }

  static String user(int number) {
    return "u" + number;
  }

  /** Everybody comes on one day, and nearly all of them agree. */
  void open(LocalDate day) throws IOException {
    StringBuilder users = new StringBuilder(USERS_HEADER);
    for (int number = 0; number < USERS; number++) {
      state(users, number, number % 6 == 5 ? "" : oneOf(YES), at(day, 0));
    }
    write("users/" + day + ".csv", users);
    write("suppressions/" + day + ".csv", new StringBuilder("user,since\n"));
    write("pushes/" + day + ".csv", new StringBuilder("push,user,sent,left\n"));
  }

  /**
   * A day passes: files are written, and some arrive that were written before.
   *
   * @param planned user by push id, of the plan for this day
   */
  void live(LocalDate day, Map<String, String> planned) throws IOException {
    events(day);
    changes(day);
    suppress(day);
    log(day, planned);
    for (LocalDate due : List.copyOf(onTheWay.keySet())) {
      if (!due.isAfter(day)) {
        for (Map.Entry<String, StringBuilder> file : onTheWay.remove(due).entrySet()) {
          write(file.getKey(), file.getValue());
        }
        withIt.getOrDefault(due, List.of()).forEach(Runnable::run);
      }
    }
  }

  /** Logs have a retention: what the last night may no longer need is gone, more or less. */
  void rotate(LocalDate lastNight) throws IOException {
    for (String source : List.of("users", "suppressions", "pushes")) {
      try (var files = Files.list(directory.resolve(source))) {
        for (Path file : files.toList()) {
          LocalDate day = LocalDate.parse(file.getFileName().toString().substring(0, 10));
          if (day.isBefore(lastNight.minusDays(2)) && random.nextInt(3) > 0) {
            Files.delete(file);
          }
        }
      }
    }
  }

  /** What one of three says of the hours in which it sleeps, and no file says again. */
  private static String sleep(int number) {
    return number % 3 == 0
        ? "%s,%02d:00,%02d:00".formatted(ELSEWHERE, SLEEPS_FROM, SLEEPS_TO)
        : ",,";
  }

  /** Whether a user said that it sleeps then. */
  boolean sleeps(String user, Instant at) {
    int hour = at.atZone(ELSEWHERE).getHour();
    return Integer.parseInt(user.substring(1)) % 3 == 0
        && (hour >= SLEEPS_FROM || hour < SLEEPS_TO);
  }

  /** Who may be sent a push after a night, by all that any file said up to it. */
  Set<String> allowed() {
    TreeSet<String> allowed = new TreeSet<>();
    for (int number = 0; number < USERS; number++) {
      if (agrees(user(number)) && !barred.contains(user(number))) {
        allowed.add(user(number));
      }
    }
    return allowed;
  }

  private boolean agrees(String user) {
    Instant yes = newest(user, "yes");
    return yes.isAfter(newest(user, "no")) && !yes.isBefore(newest(user, "nothing"));
  }

  private Instant newest(String user, String says) {
    return consents.stream()
        .filter(fact -> fact.user().equals(user) && fact.says().equals(says))
        .map(Fact::at)
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }

  private void events(LocalDate day) throws IOException {
    StringBuilder events = new StringBuilder("user,item,type,time\n");
    for (int number = 0; number < USERS; number += 1 + random.nextInt(3)) {
      events.append("%s,i%d,view,%s%n".formatted(user(number), random.nextInt(3), at(day, 11)));
    }
    write("events/" + day + ".csv", events);
  }

  private void changes(LocalDate day) throws IOException {
    if (chance(0.1)) {
      return; // the feed is not delivered
    }
    StringBuilder users = new StringBuilder(USERS_HEADER);
    LocalDate arrives = chance(0.15) ? day.plusDays(delay()) : day;
    for (int number = 0; number < USERS; number++) {
      if (chance(0.08)) {
        Instant at = at(day, random.nextInt(22));
        later(users, arrives, day, user(number), consent(), at);
        if (chance(0.25)) {
          later(users, arrives, day, user(number), consent(), at); // a second system disagrees
        }
      }
    }
    send(arrives, day, "users/" + day + ".csv", users);
    if (chance(0.2)) {
      send(arrives, day, "users/" + day + "-again.csv", new StringBuilder(users));
    }
  }

  private String consent() {
    int which = random.nextInt(10);
    return which < 5 ? oneOf(YES) : which < 8 ? oneOf(NO) : "";
  }

  private void suppress(LocalDate day) throws IOException {
    if (chance(0.15)) {
      return;
    }
    StringBuilder list = new StringBuilder("user,since\n");
    for (int number = 0; number < USERS; number++) {
      if (chance(0.006)) {
        String since = chance(0.3) ? "" : chance(0.2) ? "soon" : at(day, 1).toString();
        list.append(around(user(number))).append(',').append(since).append('\n');
        barred.add(user(number));
      }
    }
    write("suppressions/" + day + ".csv", list);
  }

  private void log(LocalDate day, Map<String, String> planned) throws IOException {
    if (chance(0.05)) {
      return;
    }
    StringBuilder log = new StringBuilder("push,user,sent,left\n");
    StringBuilder late = new StringBuilder("push,user,sent,left\n");
    LocalDate arrives = day.plusDays(delay());
    for (Map.Entry<String, String> push : new TreeMap<>(planned).entrySet()) {
      String user = push.getValue();
      String sent = "%s,%s,%s,".formatted(push.getKey(), user, at(day, 12));
      boolean isLate = chance(0.2);
      boolean leaves = chance(0.02);
      (isLate ? late : log).append(sent);
      if (leaves && chance(0.5)) {
        (isLate ? late : log).append(at(day, 13));
        left(isLate ? arrives : day, day, user);
        leaves = false;
      }
      (isLate ? late : log).append('\n');
      if (chance(0.1)) {
        log.append(sent).append('\n');
      }
      if (leaves) { // a report of its own, which repeats neither the push nor when it was sent
        late.append("%s,%s,,%s%n".formatted(chance(0.5) ? push.getKey() : "", user, at(day, 14)));
        left(arrives, day, user);
      }
    }
    mail(log, late, day, arrives);
    write("pushes/" + day + ".csv", log);
    send(arrives, day, "pushes/" + day + "-late.csv", late);
  }

  /** The mailer sends pushes of its own; who leaves by one is told of by the push alone. */
  private void mail(StringBuilder log, StringBuilder late, LocalDate day, LocalDate arrives) {
    for (int number = 0; number < USERS; number += 1 + random.nextInt(6)) {
      log.append("mail-%s-%d,%s,%s,%n".formatted(day, number, user(number), at(day, 15)));
      if (chance(0.02)) {
        late.append("mail-%s-%d,,,%s%n".formatted(day, number, at(day, 16)));
        left(arrives, day, user(number));
      }
    }
  }

  private void left(LocalDate arrives, LocalDate day, String user) {
    known(arrives, day, () -> barred.add(user));
  }

  private void state(StringBuilder users, int number, String consent, Instant at) {
    users.append(row(user(number), consent, at, sleep(number)));
    consents.add(fact(user(number), consent, at));
  }

  private void later(
      StringBuilder users,
      LocalDate arrives,
      LocalDate day,
      String user,
      String consent,
      Instant at) {
    users.append(row(user, consent, at, ",,"));
    known(arrives, day, () -> consents.add(fact(user, consent, at)));
  }

  private void known(LocalDate arrives, LocalDate day, Runnable fact) {
    if (arrives.equals(day)) {
      fact.run();
    } else {
      withIt.computeIfAbsent(arrives, none -> new ArrayList<>()).add(fact);
    }
  }

  private void send(LocalDate arrives, LocalDate day, String path, StringBuilder text)
      throws IOException {
    if (arrives.equals(day)) {
      write(path, text);
    } else {
      onTheWay.computeIfAbsent(arrives, none -> new TreeMap<>()).put(path, text);
    }
  }

  private String row(String user, String consent, Instant at, String sleep) {
    return "%s,%s,%s,%s%n".formatted(around(user), consent, at, sleep);
  }

  private static Fact fact(String user, String consent, Instant at) {
    String says = consent.isEmpty() ? "nothing" : YES.contains(consent) ? "yes" : "no";
    return new Fact(user, says, at);
  }

  private String around(String user) {
    return oneOf(AROUND).formatted(user);
  }

  private void write(String path, StringBuilder text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Instant at(LocalDate day, int hour) {
    return day.atTime(hour, 30).toInstant(ZoneOffset.UTC);
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** Days that a late file takes: now and then more than a night looks back. */
  private int delay() {
    return 1 + random.nextInt(chance(0.3) ? 2 * LOOKBACK_DAYS : 2);
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
