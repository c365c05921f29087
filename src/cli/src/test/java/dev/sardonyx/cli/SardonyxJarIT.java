package dev.sardonyx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a user calls it: alone in a folder, with nothing beside it. */
class SardonyxJarIT {
  @TempDir private Path folder;

  private record Ended(int status, String out, String err) {}

  private Ended run(String... arguments) throws IOException, InterruptedException {
    String jar = Objects.requireNonNull(System.getProperty("it.jar"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-jar", jar));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it hangs");
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void itKnowsItsVersion() throws IOException, InterruptedException {
    String version = "sardonyx " + System.getProperty("it.version");
    assertEquals(new Ended(0, version + System.lineSeparator(), ""), run("--version"));
  }

  @Test
  void itVerifies() throws IOException, InterruptedException {
    CaseFiles.onnx(folder.resolve("cases/right"), 2, 4, 6);
    CaseFiles.zip(folder.resolve("cases"), folder.resolve("cases.zip"));
    Ended right = run("verify", "cases", "cases.zip");
    assertEquals(
        List.of(
            "ok      cases/right  outputs",
            "ok      cases.zip/right  outputs",
            "2 passed, 0 failed"),
        right.out().lines().toList(),
        right::toString);
    assertEquals(0, right.status());
    CaseFiles.onnx(folder.resolve("cases/wrong"), 2, 4, 7);
    Ended wrong = run("verify", "--quiet", "cases");
    assertEquals(1, wrong.status(), wrong::toString);
    assertTrue(wrong.out().endsWith("1 passed, 1 failed" + System.lineSeparator()), wrong.out());
    assertEquals(2, run("verify", "nothing").status());
  }

  @Test
  void itLeavesNothingBehind() throws IOException, InterruptedException {
    CaseFiles.onnx(folder.resolve("made/right"), 2, 4, 6);
    CaseFiles.zip(folder.resolve("made"), folder.resolve("cases.zip"));
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    String jar = Objects.requireNonNull(System.getProperty("it.jar"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                jar,
                "verify",
                folder.resolve("cases.zip").toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, process.waitFor());
    try (var left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
