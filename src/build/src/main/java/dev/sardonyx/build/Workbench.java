package dev.sardonyx.build;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where models are made before they go to the output directory. It is cleared in the end. */
final class Workbench implements AutoCloseable {
  private final CompileRequest request;
  private final Consumer<String> output;
  private final Path directory;

  Workbench(CompileRequest request, Consumer<String> output) {
    this.request = request;
    this.output = output;
    this.directory = request.workDirectory().resolve("run");
  }

  /** Where the worker put this definition's model. */
  Path staged(Definition definition) {
    return staging().resolve(definition.file());
  }

  private Path staging() {
    return directory.resolve("models");
  }

  /**
   * Runs all definitions in a JVM of their own. The report has, for every definition, a model or a
   * failure; where the JVM ended early, it has one failure for all that were not reached.
   */
  Report make(List<Definition> definitions) throws IOException {
    if (!hasLayers()) {
      Definition first = definitions.get(0);
      Diagnostic noLayers = Refusal.noLayers(first, request.classPath());
      return Report.of(List.of()).with(Failure.of(noLayers, first));
    }
    close(); // What a killed build left behind.
    Files.createDirectories(staging());
    Path said = directory.resolve("report");
    WorkOrder order =
        new WorkOrder(
            request.classesDirectory(), request.baseDirectory(), staging(), said, definitions);
    Path orderFile = directory.resolve("order");
    order.write(orderFile);
    OptionalInt exit;
    try {
      exit = new Fork(request, output).run(orderFile);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Definition first = definitions.get(0);
      return Report.of(List.of()).with(Failure.of(Refusal.interrupted(first), first));
    }
    Report report = Report.read(said);
    int reached = report.made().size() + report.failures().size();
    return reached == definitions.size() ? report : report.with(early(definitions, report, exit));
  }

  private Failure early(List<Definition> definitions, Report report, OptionalInt exit) {
    Definition running =
        definitions.stream()
            .filter(d -> d.resource().equals(report.unfinished()))
            .findFirst()
            .orElse(definitions.get(0));
    Diagnostic diagnostic =
        exit.isPresent()
            ? Refusal.ended(running, exit.getAsInt())
            : Refusal.tooLong(running, request.timeLimit());
    return Failure.of(diagnostic, running);
  }

  private boolean hasLayers() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path entry : request.classPath()) {
      urls.add(entry.toUri().toURL());
    }
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), null)) {
      return loader.findResource("dev/sardonyx/nn/Model.class") != null;
    }
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
