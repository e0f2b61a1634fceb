package dev.nightjar.pipeline.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.features.Soak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is in a raw file, the night keeps or refuses each of its rows, or stops with one line
 * and leaves the last good output. A few files by default; {@code -Dnightjar.soak=all
 * -Dnightjar.fuzz_seeds=500 -Dnightjar.fuzz_first=1} spoils five hundred. What fails is in {@code
 * target/fuzz}.
 */
@Soak
class FuzzTest {
  private static final int SEEDS = Integer.getInteger("nightjar.fuzz_seeds", 5);
  private static final int FIRST = Integer.getInteger("nightjar.fuzz_first", 4);
  private static final int FILES_OF_A_SHOP = 20;

  /** Refused rows stop no night, so that they are counted; but for the last shop. */
  private static final String PATIENT = "clean.max_reject_share = 1.0, clean.max_guest_share = 1.0";

  private static final List<List<Form>> FORMS =
      List.of(
          List.of(Form.LINES, Form.JSON, Form.LINES, Form.JSON, Form.LINES),
          List.of(Form.JSON, Form.WIDE, Form.ARRAY, Form.LINES, Form.JSON),
          List.of(Form.WIDE, Form.ARRAY, Form.JSON, Form.WIDE, Form.WIDE),
          List.of(Form.PARQUET, Form.LINES, Form.PARQUET, Form.ARRAY, Form.PARQUET),
          List.of(Form.LINES, Form.JSON, Form.LINES, Form.LINES, Form.LINES));

  @TempDir Path directory;
  private final Map<Integer, GoodNight> nights = new TreeMap<>();

  @Test
  void everyRowIsKeptOrRefusedOrTheNightStopsInOneLine() throws IOException {
    List<String> faults = new ArrayList<>();
    Map<Integer, Integer> codes = new TreeMap<>();
    for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Random random = new Random(seed * 7919L);
      GoodNight night = night((seed - 1) / FILES_OF_A_SHOP % FORMS.size());
      List<FuzzShop.RawFile> files = night.shop().files();
      FuzzShop.RawFile file = files.get(random.nextInt(files.size()));
      List<Mutations.Mutation> mutations = Mutations.some(file.form(), random);
      String text = RawText.of(Files.readAllBytes(file.path()));
      for (Mutations.Mutation mutation : mutations) {
        text = mutation.apply(text, random);
      }
      GoodNight.Outcome outcome = night.spoilt(seed, file, text);
      codes.merge(outcome.code(), 1, Integer::sum);
      for (String fault : outcome.faults()) {
        List<String> names = mutations.stream().map(Mutations.Mutation::name).toList();
        faults.add("%nseed %d, %s %s: %s".formatted(seed, file, names, fault));
      }
    }
    assertEquals(List.of(), faults, "nights by their exit codes: " + codes);
    assertTrue(SEEDS < 5 || codes.size() > 1, "nights by their exit codes: " + codes);
  }

  private GoodNight night(int number) throws IOException {
    if (!nights.containsKey(number)) {
      String settings = number == FORMS.size() - 1 ? "" : PATIENT;
      Path raw = directory.resolve("shop-" + number + "/raw");
      nights.put(number, GoodNight.of(new FuzzShop(raw, FORMS.get(number), settings)));
    }
    return nights.get(number);
  }
}
