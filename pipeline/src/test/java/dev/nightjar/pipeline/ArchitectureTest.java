package dev.nightjar.pipeline;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The architecture: which package may use which, and how many classes one holds. */
final class ArchitectureTest {
  private static final String BASE = "dev.nightjar.";
  private static final int MOST_CLASSES = 20;

  /** The modules; each may use only those before it. */
  private static final List<String> MODULES = List.of("features", "training", "export", "pipeline");

  /** The packages of {@code pipeline} from the bottom up; each may use only those before it. */
  private static final List<String> ROOMS =
      List.of(
          "warehouse",
          "settings",
          "stage",
          "intent",
          "night",
          "report",
          "backtest.page",
          "backtest.run",
          "tune",
          "cli.print",
          "cli");

  /** Packages of one level, of which neither may use the other. */
  private static final List<List<String>> APART =
      List.of(
          List.of("backtest.page", "backtest.run"),
          List.of("backtest.page", "tune"),
          List.of("backtest.run", "tune"));

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.nightjar");

  private static DescribedPredicate<JavaClass> in(String name) {
    return describe(
        "in " + name,
        type ->
            type.getPackageName().equals(name)
                || (type.getPackageName().startsWith(name + ".")
                    && !name.equals(BASE + "pipeline.cli")));
  }

  private static void mayNotUse(String user, String used) {
    noClasses()
        .that(in(user))
        .should()
        .dependOnClassesThat(in(used))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void aModuleUsesOnlyThoseBeforeIt() {
    for (int user = 0; user < MODULES.size(); user++) {
      for (int used = user + 1; used < MODULES.size(); used++) {
        mayNotUse(BASE + MODULES.get(user), BASE + MODULES.get(used));
      }
    }
  }

  @Test
  void aRoomOfThePipelineUsesOnlyThoseBelowIt() {
    for (int user = 0; user < ROOMS.size(); user++) {
      for (int used = user + 1; used < ROOMS.size(); used++) {
        mayNotUse(BASE + "pipeline." + ROOMS.get(user), BASE + "pipeline." + ROOMS.get(used));
      }
    }
    for (List<String> pair : APART) {
      mayNotUse(BASE + "pipeline." + pair.get(0), BASE + "pipeline." + pair.get(1));
      mayNotUse(BASE + "pipeline." + pair.get(1), BASE + "pipeline." + pair.get(0));
    }
  }

  @Test
  void everyRoomOfThePipelineHasItsPlace() {
    List<String> homeless = new ArrayList<>();
    for (JavaClass type : HOUSE) {
      String room = type.getPackageName().replaceFirst("^dev\\.nightjar\\.pipeline\\.?", "");
      boolean isPipeline = type.getPackageName().startsWith(BASE + "pipeline");
      if (isPipeline && !room.isEmpty() && !ROOMS.contains(room)) {
        homeless.add(type.getName());
      }
    }
    assertEquals(List.of(), homeless, "add their package to ROOMS, and to CONTRIBUTING.md");
  }

  @Test
  void theRootOfThePipelineHoldsMainAlone() {
    assertEquals(
        List.of("Main"),
        HOUSE.stream()
            .filter(type -> type.getPackageName().equals(BASE + "pipeline"))
            .map(JavaClass::getSimpleName)
            .toList());
  }

  @Test
  void onlyTheCommandLineKnowsTheGeneratedShop() {
    noClasses()
        .that(
            describe(
                "outside cli and demo",
                type ->
                    !type.getPackageName().startsWith(BASE + "pipeline.cli")
                        && !type.getPackageName().startsWith(BASE + "demo")))
        .should()
        .dependOnClassesThat(in(BASE + "demo"))
        .check(HOUSE);
  }

  @Test
  void thereIsNoCircleOfPackages() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(type.getPackageName());
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(HOUSE);
  }

  @Test
  void noTwoClassesBearTheSameName() {
    Map<String, List<String>> byName =
        HOUSE.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    byName.values().removeIf(types -> types.size() == 1);
    assertEquals(Map.of(), byName);
  }

  @Test
  void noPackageHoldsMoreThanTwentyClasses() {
    Map<String, Long> sizes =
        HOUSE.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    sizes.values().removeIf(classes -> classes <= MOST_CLASSES);
    assertEquals(Map.of(), sizes);
  }
}
