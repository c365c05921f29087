package dev.sardonyx.build;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The JVM in which the definitions run, so that nothing of them stays in the build's own. */
final class Fork {
  /** A process that the worker started may keep the output open: do not wait long for that. */
  private static final long LAST_OUTPUT_MILLIS = 2_000;

  private final CompileRequest request;
  private final Consumer<String> output;

  Fork(CompileRequest request, Consumer<String> output) {
    this.request = request;
    this.output = output;
  }

  /**
   * Runs a worker until it ends or the time is over.
   *
   * @return its exit code, or nothing if the time was over
   */
  OptionalInt run(Path order) throws IOException, InterruptedException {
    Path arguments = order.resolveSibling("java-arguments");
    ArgumentFile.write(arguments, arguments(order));
    Path java = java();
    Process process;
    try {
      process =
          new ProcessBuilder(java.toString(), "@" + arguments)
              .directory(request.baseDirectory().toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw Refusal.noJava(java, e).exception(e);
    }
    try {
      process.getOutputStream().close();
      return await(process);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private OptionalInt await(Process process) throws InterruptedException {
    Thread reader = new Thread(() -> drain(process), "sardonyx-output");
    reader.setDaemon(true);
    reader.start();
    boolean ended = process.waitFor(request.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(LAST_OUTPUT_MILLIS, TimeUnit.MILLISECONDS);
    }
    reader.join(LAST_OUTPUT_MILLIS);
    return ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
  }

  private void drain(Process process) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(output);
    } catch (UncheckedIOException | IOException e) {
      // The process was stopped; what it wrote until then is out.
    }
  }

  private Path java() {
    Path bin = request.javaHome().resolve("bin");
    Path windows = bin.resolve("java.exe");
    return Files.exists(windows) ? windows : bin.resolve("java");
  }

  private List<String> arguments(Path order) {
    List<String> arguments = new ArrayList<>();
    // The same text everywhere; a definition that reads a file reads it alike on each machine.
    arguments.add("-Dfile.encoding=UTF-8");
    arguments.add("-Dstdout.encoding=UTF-8");
    arguments.add("-Dstderr.encoding=UTF-8");
    arguments.add("-Djava.awt.headless=true");
    // ONNX Runtime, which computes constants, is native code.
    arguments.add("--enable-native-access=ALL-UNNAMED");
    arguments.addAll(request.jvmArguments());
    List<Path> classPath = new ArrayList<>(request.classPath());
    classPath.add(ownCode());
    arguments.add("-cp");
    arguments.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    arguments.add(Worker.class.getName());
    arguments.add(order.toString());
    return arguments;
  }

  /** The archive or directory that this class is in. */
  static Path ownCode() {
    try {
      return Path.of(Fork.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
