package dev.sardonyx.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads when a definition fails: always a line of theirs. */
class FailingDefinitionTest {
  @TempDir Path directory;
  private UserModule module;

  @BeforeEach
  void newModule() {
    module = new UserModule(directory);
  }

  /** A definition whose body begins at line 12. */
  private UserModule define(String annotation, String body) throws IOException {
    return module.flowers(
        "Flowers",
        "class Flowers {\n%s static Model iris() {\n%s\n}}\n".formatted(annotation, body));
  }

  private Path source() {
    return module.sources().resolve("flowers/Flowers.java");
  }

  @Test
  void aWrongShapeIsReportedAtTheLineOfTheLayer() throws IOException {
    define(
        "@OnnxModel(\"iris\")",
        """
        return Sequential.of(
            input(4),
            conv2d(6, 3));
        """);
    Problem problem = module.problem();
    String[] lines = problem.toString().split("\n");
    assertEquals(4, lines.length, problem.toString());
    assertTrue(lines[0].matches("\\[NN-\\d\\d\\d\\] .*Conv2D.*"), lines[0]);
    assertEquals("  at " + source() + ":14", lines[1]);
    assertTrue(lines[2].contains("float32[N,4]"), lines[2]);
    assertTrue(lines[3].startsWith("  help: "), lines[3]);
    assertEquals(List.of(), module.models());
  }

  @Test
  void weightsThatDoNotFitAreReportedAtTheDefinition() throws IOException {
    define(
        "@OnnxModel(value = \"iris\", weights = \"w.safetensors\")",
        "return Sequential.of(input(4), dense(3));");
    Files.writeString(module.file("w.safetensors"), "none");
    Problem problem = module.problem();
    assertEquals("NN-09", problem.diagnostic().code().substring(0, 5));
    assertTrue(problem.toString().contains("  at " + source() + ":12\n"), problem.toString());
  }

  @Test
  void anExceptionIsReportedAtTheUsersOwnLineWithItsTrace() throws IOException {
    module.source(
        "flowers/Data.java",
        "package flowers;\n"
            + "class Data {\n"
            + "static int rows() {\n"
            + "return Integer.parseInt(\"x\\n"
            + "y\"); }}\n");
    define("@OnnxModel(\"iris\")", "return Sequential.of(input(Data.rows()), dense(3));");
    Problem problem = module.problem();
    assertEquals(
        """
        [BUILD-010] the definition threw java.lang.NumberFormatException: For input string: "x y"
          at %s:4
          method: flowers.Flowers.iris()
          help: the line is in the trace below, which ends in the definition
        java.lang.NumberFormatException: For input string: "x
        y"
        """
            .formatted(module.sources().resolve("flowers/Data.java")),
        problem.toString().lines().limit(6).reduce("", (a, b) -> a + b + "\n"));
    String[] trace = problem.trace().split("\n");
    assertEquals("\tat flowers.Flowers.iris(Flowers.java:12)", trace[trace.length - 1]);
  }

  @Test
  void aClassThatCannotBeInitializedIsReportedAtItsLine() throws IOException {
    module.flowers(
        "Flowers",
        """
        class Flowers {
          static final int[] SIZES = new int[-1];

          @OnnxModel("iris") static Model iris() { return null; }
        }
        """);
    Problem problem = module.problem();
    assertEquals(
        "the definition threw java.lang.NegativeArraySizeException: -1",
        problem.diagnostic().message());
    assertEquals("Flowers.java:11", problem.diagnostic().at().toString());
  }

  @Test
  void aMissingClassIsExplained() throws IOException {
    module.source(
        "flowers/Data.java", "package flowers; class Data { static int rows() { return 4; }}");
    define("@OnnxModel(\"iris\")", "return Sequential.of(input(Data.rows()), dense(3));");
    Files.delete(module.classes().resolve("flowers/Data.class"));
    Problem problem = module.problem();
    assertEquals(
        "the definition threw java.lang.NoClassDefFoundError: flowers/Data",
        problem.diagnostic().message());
    assertEquals(
        "the class path lacks something or mixes versions: import sardonyx-bom",
        problem.diagnostic().help());
  }

  @Test
  void allFailuresOfABuildAreReportedAtOnce() throws IOException {
    module.flowers(
        "Flowers",
        """
        class Flowers {
          @OnnxModel("a") static Model none() { return null; }
          @OnnxModel("b") static Model good() { return Sequential.of(input(4), dense(3)); }
          @OnnxModel(value = "c", weights = "no/such.file")
          static Model light() { return Sequential.of(input(4), dense(3)); }
        }
        """);
    List<Problem> problems = module.compileModels().problems();
    assertEquals(
        List.of("BUILD-011", "BUILD-012"),
        problems.stream().map(p -> p.diagnostic().code()).toList());
    assertEquals(
        List.of("Flowers.java:11", "Flowers.java:14"),
        problems.stream().map(p -> p.diagnostic().at().toString()).toList());
    assertEquals(List.of(), module.models());
  }

  @Test
  void aDefinitionThatExitsIsNamed() throws IOException {
    define("@OnnxModel(\"iris\")", "System.exit(3);\nreturn null;");
    Problem problem = module.problem();
    assertEquals("BUILD-014", problem.diagnostic().code());
    assertEquals("the JVM that compiles ended with exit code 3", problem.diagnostic().message());
    assertEquals("running: flowers.Flowers.iris()", problem.diagnostic().received());
  }

  @Test
  void aDefinitionThatTakesTooLongIsStopped() throws IOException {
    define(
        "@OnnxModel(\"iris\")",
        """
        System.out.println("going");
        try { Thread.sleep(600_000); } catch (InterruptedException e) { }
        return null;
        """);
    Problem problem = module.problem(module.request().withJvm(List.of(), Duration.ofSeconds(3)));
    assertEquals("BUILD-013", problem.diagnostic().code());
    assertEquals(List.of("going"), module.printed());
  }

  @Test
  void anInterruptedBuildStops() throws IOException {
    define(
        "@OnnxModel(\"iris\")",
        """
        try { Thread.sleep(600_000); } catch (InterruptedException e) { }
        return null;
        """);
    Thread.currentThread().interrupt();
    Problem problem = module.problem();
    assertTrue(Thread.interrupted(), "the interruption is still to be seen by others");
    assertEquals("BUILD-018", problem.diagnostic().code());
    assertEquals(List.of("classes", "sardonyx"), List.of(sorted(module.file("target"))));
    assertEquals(List.of(), List.of(sorted(module.file("target/sardonyx"))));
  }

  private static String[] sorted(Path directory) {
    String[] names = directory.toFile().list();
    Arrays.sort(names);
    return names;
  }

  @Test
  void aJvmThatDoesNotStartSaysWhy() throws IOException {
    define("@OnnxModel(\"iris\")", "return null;");
    Problem problem =
        module.problem(module.request().withJvm(List.of("-Xnonsense"), Duration.ofMinutes(1)));
    assertEquals("BUILD-014", problem.diagnostic().code());
    assertTrue(
        module.printed().stream().anyMatch(line -> line.contains("-Xnonsense")),
        module.printed().toString());
  }

  @Test
  void aClassPathWithoutLayersIsRefused() throws IOException {
    define("@OnnxModel(\"iris\")", "return null;");
    CompileRequest r = module.request();
    Problem problem =
        module.problem(
            CompileRequest.of(
                r.classesDirectory(),
                List.of(),
                r.outputDirectory(),
                r.workDirectory(),
                r.baseDirectory()));
    assertEquals("BUILD-006", problem.diagnostic().code());
  }

  @Test
  void aMissingJavaIsRefused() throws IOException {
    define("@OnnxModel(\"iris\")", "return null;");
    CompileRequest r = module.request();
    CompileRequest request =
        new CompileRequest(
            r.classesDirectory(),
            r.classPath(),
            r.outputDirectory(),
            r.workDirectory(),
            r.baseDirectory(),
            r.sourceRoots(),
            directory.resolve("no-java"),
            List.of(),
            r.timeLimit());
    assertEquals("BUILD-015", refused(request));
  }

  @Test
  void aBuildThatCannotWriteIsRefused() throws IOException {
    define("@OnnxModel(\"iris\")", "return Sequential.of(input(4), dense(3));");
    Files.createDirectories(module.file("target"));
    Files.writeString(module.file("target/sardonyx"), "a file where a directory is to be");
    assertEquals("BUILD-017", refused(module.request()));
  }

  private String refused(CompileRequest request) {
    return assertThrows(DiagnosticException.class, () -> module.compileModels(request))
        .diagnostic()
        .code();
  }
}
