package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fuzz targets on their corpora, and for a while on new inputs.
 *
 * <p>A corpus holds small models of many kinds and what earlier runs found. An input that Jazzer
 * finds is printed as Base64; put it there, with the fix.
 */
class FuzzTest {
  private static final int SECONDS = 120;

  private static Path corpus(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(FuzzTest.class.getResource("/fuzz/" + name)).toURI());
  }

  @TestFactory
  Stream<DynamicTest> corpusHolds() throws IOException, URISyntaxException {
    return Stream.concat(
        tests("onnx", 100, OnnxFuzz::fuzzerTestOneInput),
        tests("keras", 5, KerasFuzz::fuzzerTestOneInput));
  }

  private static Stream<DynamicTest> tests(String corpus, int least, Consumer<byte[]> target)
      throws IOException, URISyntaxException {
    List<Path> files;
    try (Stream<Path> list = Files.list(corpus(corpus))) {
      files = list.sorted().toList();
    }
    assertTrue(files.size() >= least, "only " + files.size() + " inputs");
    return files.stream()
        .map(
            file ->
                dynamicTest(
                    file.getFileName().toString(), () -> target.accept(Files.readAllBytes(file))));
  }

  @Test
  @Tag("long")
  void newInputs(@TempDir Path folder) throws Exception {
    fuzz(folder, "onnx", OnnxFuzz.class, 4096);
  }

  /** The smallest file that h5py writes has eight thousand bytes. */
  @Test
  @Tag("long")
  void newFilesOfKeras(@TempDir Path folder) throws Exception {
    fuzz(folder, "keras", KerasFuzz.class, 20_000);
  }

  private static void fuzz(Path folder, String corpus, Class<?> target, int longest)
      throws Exception {
    Path found = Files.createDirectory(folder.resolve("found"));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                classPath(),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=dev.sardonyx.**",
                "-max_total_time=" + SECONDS,
                // One seed: a green build stays green. -Dfuzz.seed=0 draws a new one.
                "-seed=" + Integer.getInteger("fuzz.seed", 1),
                "-timeout=60",
                "-max_len=" + longest,
                // The heap is bounded above; what the system counts is this test's own JVM, too.
                "-rss_limit_mb=0",
                "-artifact_prefix=" + folder + File.separator,
                found.toString(),
                corpus(corpus).toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(process.waitFor(SECONDS + 120, TimeUnit.SECONDS), "Jazzer hangs");
    } finally {
      process.destroyForcibly();
    }
    String output = Files.readString(log);
    assertEquals(0, process.exitValue(), () -> tail(output));
    assertTrue(output.contains("DONE"), () -> tail(output));
  }

  private static String classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    return surefire != null ? surefire : System.getProperty("java.class.path");
  }

  private static String tail(String output) {
    return output.substring(Math.max(0, output.length() - 5000));
  }
}
