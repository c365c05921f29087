package dev.sardonyx.conformance;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.runtime.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a model in a process of its own and prints by how many bytes that made it larger. */
final class PeakMemory {
  private PeakMemory() {}

  /**
   * What the runs of a model add to the most memory that a process ever had, in bytes.
   *
   * @param model whose inputs are float32 and have fixed shapes
   */
  static long of(Path model) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                PeakMemory.class.getName(),
                model.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IOException("exit " + process.exitValue() + " of " + process.info());
    }
    return Long.parseLong(printed);
  }

  /** What {@link #of} starts. */
  public static void main(String[] args) throws IOException {
    try (Session session =
        Session.open(Path.of(args[0]), SessionOptions.defaults().withIntraOpThreads(1))) {
      Map<String, Tensor> inputs = new LinkedHashMap<>();
      session
          .inputs()
          .forEach(
              (name, type) -> inputs.put(name, Tensor.zeros(type.element(), type.shape().fixed())));
      long before = bytes("VmHWM:");
      session.run(inputs);
      session.run(inputs);
      System.out.println(bytes("VmHWM:") - before);
    }
  }

  /** A line of Linux's account of this process. */
  private static long bytes(String line) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(l -> l.startsWith(line))
        .mapToLong(l -> Long.parseLong(l.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
