package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same model gives the same bytes, whoever writes it: in JVMs that differ in hash codes, in the
 * order of immutable maps and sets, in locale, time zone and character set.
 */
class SameBytesTest {
  /**
   * Identity hash codes are all one, counted, or random. The salt of {@code Map.of} and {@code
   * Set.of} is drawn when a JVM starts, unless it is taken from an archive of shared classes.
   */
  private static final List<List<String>> MACHINES =
      List.of(
          machine(2, "tr", "TR", "Asia/Kathmandu", "ISO-8859-9"),
          machine(3, "ar", "EG", "America/St_Johns", "UTF-16"),
          machine(5, "en", "US", "UTC", "UTF-8"));

  @TempDir Path scratch;

  @Test
  void ofModelsInTheRepository() throws Exception {
    var resource = Objects.requireNonNull(getClass().getResource("/cases/onnx_old"));
    check(path(resource), 240);
  }

  @Test
  @Tag("long")
  void ofTheCasesOfTheStandard() throws Exception {
    Path cases = NodeCases.path();
    assumeTrue(Files.exists(cases), "the standard's node cases are not at " + cases);
    check(cases, 1800);
  }

  private static Path path(java.net.URL resource) throws URISyntaxException {
    return Path.of(resource.toURI());
  }

  private static List<String> machine(
      int hashes, String language, String country, String zone, String charset) {
    return List.of(
        "-Xshare:off",
        "-XX:+UnlockExperimentalVMOptions",
        "-XX:+IgnoreUnrecognizedVMOptions",
        "-XX:hashCode=" + hashes,
        "-Duser.language=" + language,
        "-Duser.country=" + country,
        "-Duser.timezone=" + zone,
        "-Dfile.encoding=" + charset);
  }

  private void check(Path models, int least) throws IOException, InterruptedException {
    List<Process> processes = new ArrayList<>();
    for (List<String> machine : MACHINES) {
      processes.add(start(machine, models, processes.size()));
    }
    List<List<String>> digests = new ArrayList<>();
    for (int i = 0; i < processes.size(); i++) {
      assertTrue(processes.get(i).waitFor(10, TimeUnit.MINUTES), "a JVM does not end");
      String log = Files.readString(file(i, "log"), StandardCharsets.ISO_8859_1);
      assertEquals(0, processes.get(i).exitValue(), () -> log);
      digests.add(Files.readAllLines(file(i, "digests")));
    }
    long defaults = digests.get(0).stream().filter(line -> line.endsWith(" default")).count();
    assertTrue(defaults + 300 > least, "only %d models are written".formatted(defaults));
    for (int i = 1; i < digests.size(); i++) {
      assertEquals(differences(digests.get(0), digests.get(i)), "", "with " + MACHINES.get(i));
    }
  }

  /** The lines of one list that the other does not have. */
  private static String differences(List<String> first, List<String> second) {
    assertEquals(first.size(), second.size(), "files written");
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      if (!first.get(i).equals(second.get(i))) {
        differences.add(first.get(i));
      }
    }
    return differences.stream().limit(50).collect(Collectors.joining("\n"));
  }

  private Path file(int machine, String name) {
    return scratch.resolve(name + machine);
  }

  private Process start(List<String> machine, Path models, int i) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(machine);
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WrittenDigests.class.getName());
    command.add(models.toAbsolutePath().toString());
    command.add(Files.createDirectory(file(i, "work")).toString());
    return new ProcessBuilder(command)
        .redirectOutput(file(i, "digests").toFile())
        .redirectError(file(i, "log").toFile())
        .start();
  }
}
