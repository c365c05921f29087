package dev.sardonyx.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code sardonyx:compile}, run by Maven on the project in {@code src/it/iris}. */
class CompileGoalIT {
  @TempDir Path temporary;
  private Path project;

  @BeforeEach
  void copyOfTheProject() throws IOException {
    project = temporary.resolve("my iris");
    Path original = Path.of("src/it/iris");
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Files.copy(file, project.resolve(original.relativize(file)));
      }
    }
  }

  private Path source() {
    return project.resolve("src/main/java/org/example/Iris.java");
  }

  /** What one run of Maven said. */
  private record Run(int exit, List<String> lines) {
    boolean says(String line) {
      return lines.stream().anyMatch(l -> l.contains(line));
    }
  }

  private Run maven(String... arguments) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("it.maven"), "bin");
    Path windows = home.resolve("mvn.cmd");
    Path log = temporary.resolve("log");
    List<String> command =
        Stream.concat(
                Stream.of(
                    Files.exists(windows) ? windows.toString() : home.resolve("mvn").toString(),
                    "-B",
                    "-s",
                    Path.of("src/it/settings.xml").toAbsolutePath().toString(),
                    "-Dit.cache=" + Path.of(System.getProperty("it.cache")).toUri(),
                    "-Dit.version=" + System.getProperty("it.version"),
                    "-Dmaven.repo.local=" + System.getProperty("it.repository")),
                Stream.of(arguments))
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), "Maven does not end");
    return new Run(process.exitValue(), Files.readAllLines(log, StandardCharsets.UTF_8));
  }

  @Test
  void modelsAreCompiledBeforeThePackageIsMadeAndOnlyWhenSomethingChanged() throws Exception {
    Path model = project.resolve("target/classes/models/iris.onnx");
    Run first = maven("process-classes");
    assertEquals(0, first.exit(), () -> String.join("\n", first.lines()));
    assertTrue(first.says("[INFO] the definition runs in " + project));
    String signature = "models/iris.onnx (input_layer: float32[N,4]) -> (dense: float32[N,2,3])";
    assertTrue(first.says("[INFO] compiled " + signature));
    assertTrue(Files.isRegularFile(model));

    FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(model, longAgo);
    Run second = maven("process-classes");
    assertTrue(second.says("[INFO] up to date: " + signature));
    assertFalse(second.says("the definition runs"));
    assertEquals(longAgo, Files.getLastModifiedTime(model));
  }

  @Test
  void aWrongShapeFailsTheBuildNamingFileAndLine() throws Exception {
    Files.writeString(
        source(), Files.readString(source()).replace("reshape(2, 2)", "reshape(3, 2)"));
    Run run = maven("-q", "process-classes");
    assertEquals(1, run.exit());
    int at = run.lines().indexOf("[ERROR]   at " + source() + ":19");
    assertTrue(at > 0, () -> String.join("\n", run.lines()));
    assertTrue(run.lines().get(at - 1).matches("\\[ERROR] \\[NN-\\d{3}] Reshape .*"));
    assertTrue(run.lines().get(at + 1).contains("float32[N,4]"));
    assertTrue(run.lines().get(at + 2).startsWith("[ERROR]   help: "));
    assertFalse(Files.exists(project.resolve("target/classes/models")));
  }

  @Test
  void theGoalCanBeSkippedAndTimed() throws Exception {
    Run skipped = maven("process-classes", "-Dsardonyx.skip");
    assertEquals(0, skipped.exit());
    assertFalse(Files.exists(project.resolve("target/classes/models")));
    Run stopped = maven("process-classes", "-Dsardonyx.timeout=0");
    assertTrue(stopped.says("[ERROR] [BUILD-013] compiling took longer than 0 s and was stopped"));
  }
}
