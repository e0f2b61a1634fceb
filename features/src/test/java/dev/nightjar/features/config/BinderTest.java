package dev.nightjar.features.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BinderTest {
  enum Roast {
    LIGHT,
    MEDIUM_DARK,
    DARK
  }

  record Water(double litres, int degrees) {
    Water {
      new Problems().positive("litres", litres).positive("degrees", degrees).throwIfAny();
    }
  }

  record Grinder(int grinderSteps, boolean isElectric) {}

  record Cafe(
      String name,
      long seed,
      Roast roast,
      ZoneId zone,
      LocalDate opened,
      Optional<LocalDate> closed,
      List<String> milks,
      Water water,
      Grinder grinder,
      Map<String, Integer> prices,
      Map<String, Integer> cups) {
    Cafe {
      new Problems()
          .require(!name.isBlank(), "name", "must be a name", name)
          .require(
              grinder.grinderSteps() < seed,
              "grinder_steps",
              "must be below {seed}",
              grinder.grinderSteps() + " and " + seed)
          .throwIfAny();
    }
  }

  private static final String SECTION =
      """
      name = Nightjar, seed = 99999999999, roast = medium_dark, zone = Asia/Tokyo
      opened = 2020-01-31, closed = null, milks = [oat, 2]
      water { litres = 0.5, degrees = 93 }
      grinder_steps = 12, is_electric = yes, grinder = 7
      prices { espresso = 2, "flat.white" = 4 }
      small = 1, large = 3
      """;

  private static Config section(String... over) {
    return ConfigFactory.parseString(String.join("\n", over))
        .withFallback(ConfigFactory.parseString(SECTION));
  }

  private static Cafe cafe(String... over) {
    return Binder.bind(Cafe.class, section(over), "cafe");
  }

  private static List<String> problems(String... over) {
    return assertThrows(ConfigProblems.class, () -> cafe(over)).messages();
  }

  @Test
  void readsEachComponentFromTheKeyOfItsName() {
    Cafe cafe = cafe();
    assertEquals("Nightjar", cafe.name());
    assertEquals(99_999_999_999L, cafe.seed());
    assertEquals(Roast.MEDIUM_DARK, cafe.roast());
    assertEquals(ZoneId.of("Asia/Tokyo"), cafe.zone());
    assertEquals(LocalDate.of(2020, 1, 31), cafe.opened());
    assertEquals(Optional.empty(), cafe.closed());
    assertEquals(List.of("oat", "2"), cafe.milks());
    assertEquals(Optional.of(LocalDate.of(2026, 2, 1)), cafe("closed = 2026-02-01").closed());
  }

  @Test
  void aRecordIsReadFromItsSectionOrWhereThereIsNoneFromTheOneAroundIt() {
    assertEquals(new Water(0.5, 93), cafe().water());
    assertEquals(new Grinder(12, true), cafe().grinder());
  }

  @Test
  void aMapIsReadFromItsSectionOrFromTheKeysThatNoComponentHas() {
    assertEquals(Map.of("espresso", 2, "flat.white", 4), cafe().prices());
    assertEquals(Map.of("small", 1, "large", 3, "grinder", 7), cafe().cups());
  }

  @Test
  void valuesOfTheWrongKindAndBrokenRulesAreReportedAtOnce() {
    assertEquals(
        List.of(
            "cafe.roast must be light, medium_dark or dark, got burnt",
            "cafe.zone must be an IANA zone such as Europe/London, got Mars/Olympus",
            "cafe.opened must be a day such as 2020-01-31, got soon",
            "cafe.milks must be a list, got \"oat\"",
            "cafe.water.litres must be positive, got 0.0",
            "cafe.water.degrees must be positive, got -1",
            "cafe.is_electric must be true or false, got 3",
            "cafe.prices.espresso must be a whole number, got 2.5",
            "cafe.name must be a name, got  ",
            "cafe.grinder_steps must be below cafe.seed, got 12 and 3"),
        problems(
            "roast = burnt, zone = Mars/Olympus, opened = soon, milks = oat, name = \" \"",
            "water { litres = 0, degrees = -1 }, is_electric = 3, prices.espresso = 2.5",
            "seed = 3"));
  }

  @Test
  void aRuleSaysNothingOfAKeyThatCouldNotBeRead() {
    assertEquals(
        List.of("cafe.seed must be a whole number, got \"many\""), problems("seed = many"));
    assertEquals(
        List.of("cafe.grinder_steps must be a whole number, got \"fine\""),
        problems("grinder_steps = fine, seed = -5"));
  }

  @Test
  void theRulesOfARecordAreReportedThoughARecordInItIsBroken() {
    assertEquals(
        List.of("cafe.water.litres must be positive, got 0.0", "cafe.name must be a name, got "),
        problems("water.litres = 0, name = \"\""));
  }

  @Test
  void aMissingKeyIsRefused() {
    Config missing = section().withoutPath("opened").withoutPath("water.degrees");
    assertEquals(
        List.of(
            "cafe.opened is required and missing", "cafe.water.degrees is required and missing"),
        assertThrows(ConfigProblems.class, () -> Binder.bind(Cafe.class, missing, "cafe"))
            .messages());
  }

  @Test
  void componentsFromElsewhereReportTheirProblemsAlong() {
    assertEquals(
        new Water(0.5, 80),
        Binder.bind(
            Water.class,
            ConfigFactory.parseString("litres = 0.5"),
            "water",
            Map.of("degrees", () -> 80)));
    ConfigProblems problems =
        assertThrows(
            ConfigProblems.class,
            () ->
                Binder.bind(
                    Cafe.class,
                    section("name = \"\""),
                    "cafe",
                    Map.of(
                        "milks",
                        () -> {
                          throw new ConfigProblems(List.of("no milk today"));
                        })));
    assertEquals(List.of("no milk today", "cafe.name must be a name, got "), problems.messages());
  }

  @Test
  void settingsAreByKeyInTheOrderOfTheComponents() {
    assertEquals(
        "{name=Nightjar, seed=99999999999, roast=medium_dark, zone=Asia/Tokyo, opened=2020-01-31,"
            + " closed=null, milks=[oat, 2], litres=0.5, degrees=93, grinder_steps=12,"
            + " is_electric=true, espresso=2, flat.white=4, grinder=7, large=3, small=1}",
        Binder.settings(cafe()).toString());
    assertEquals(
        Set.of(
            "name",
            "seed",
            "roast",
            "zone",
            "opened",
            "closed",
            "milks",
            "water.litres",
            "water.degrees",
            "grinder_steps",
            "is_electric",
            "prices"),
        Binder.keys(Cafe.class, section()));
  }
}
