package dev.sardonyx.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Freezes the table of modules: what each may use, of ours and of other people's.
 *
 * <p>What a row does not name is forbidden, so the table also says that ONNX Runtime is used by the
 * runtime alone, and protobuf by nobody but {@code proto} and {@code onnx}. A row whose module has
 * no classes fails; so does a class that is in no row.
 */
class ArchitectureTest {
  private static final List<Room> TABLE =
      List.of(
          room("proto").uses("com.google.protobuf.."),
          room("ir").uses(),
          room("onnx").uses(ours("ir"), ours("proto"), "com.google.protobuf.."),
          room("ops").uses(ours("ir")),
          room("compiler").uses(ours("ir")),
          room("runtime").uses(ours("ir.type"), ours("ir.diagnostic"), "ai.onnxruntime.."),
          room("keras")
              .uses(
                  ours("ir.type"),
                  ours("ir.diagnostic"),
                  ours("nn"),
                  "com.fasterxml.jackson.core..",
                  "io.jhdf.."),
          room("nn")
              .uses(
                  ours("ir"),
                  ours("compiler"),
                  ours("onnx"),
                  ours("runtime"),
                  "com.fasterxml.jackson..",
                  "de.siegmar.fastcsv.."),
          room("build").uses(ours("ir"), ours("compiler"), ours("onnx"), ours("nn")),
          room("cli")
              .uses(
                  ours("ir"),
                  ours("compiler"),
                  ours("onnx"),
                  ours("runtime"),
                  ours("nn"),
                  ours("keras"),
                  ours("testkit"),
                  "com.fasterxml.jackson..",
                  "picocli.."),
          room("maven").uses(ours("build"), ours("ir.diagnostic"), "org.apache.maven.."),
          room("testkit").uses(ours("ir"), ours("compiler"), ours("onnx"), ours("runtime")));

  private static final JavaClasses SARDONYX =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.sardonyx");

  static Stream<Room> table() {
    return TABLE.stream();
  }

  @ParameterizedTest
  @MethodSource("table")
  void aRoomUsesOnlyWhatItsRowNames(Room room) {
    classes()
        .that()
        .resideInAPackage(ours(room.name()))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(room.allowed()))
        .check(SARDONYX);
  }

  @Test
  void everyClassIsInARoom() {
    var rooms = TABLE.stream().map(room -> ours(room.name())).toArray(String[]::new);
    assertEquals(List.of(), names(SARDONYX.that(not(resideInAnyPackage(rooms)))));
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching("dev.sardonyx.(*)..").should().beFreeOfCycles().check(SARDONYX);
  }

  @Test
  void packagesAreNamedForAnIdea() {
    noClasses()
        .that(resideInAPackage("dev.sardonyx.."))
        .should()
        .resideInAnyPackage("..util..", "..impl..", "..common..")
        .check(SARDONYX);
  }

  private static List<String> names(JavaClasses classes) {
    return classes.stream().map(type -> type.getName()).sorted().toList();
  }

  private static Room room(String name) {
    return new Room(name, List.of());
  }

  private static String ours(String name) {
    return "dev.sardonyx." + name + "..";
  }

  /** One row: a module, by its package below {@code dev.sardonyx}, and the packages it may use. */
  record Room(String name, List<String> used) {
    Room uses(String... packages) {
      return new Room(name, List.of(packages));
    }

    /** What the row names, the module itself, the JDK's own API and null markers. */
    String[] allowed() {
      var always = Stream.of(ours(name), "java..", "org.jspecify.annotations..");
      return Stream.concat(always, used.stream()).toArray(String[]::new);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
