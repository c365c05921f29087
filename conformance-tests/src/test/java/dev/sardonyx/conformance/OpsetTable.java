package dev.sardonyx.conformance;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.cli.product.ProductWorker;
import dev.sardonyx.cli.verify.Kind;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.cli.verify.Verification;
import dev.sardonyx.compiler.Target;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.testkit.OnnxCase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What becomes of the standard's cases when they are written at an opset, as convert does. */
final class OpsetTable {
  /** The newest opset that ONNX Runtime 1.29 reads. */
  static final int NEWEST_RUN = 26;

  /**
   * An opset's row.
   *
   * @param alone cases whose file ONNX Runtime runs as it is, with the expected results
   * @param verified these, and those that {@code verify} passes
   * @param unverified what else was written, with what {@code verify} says of it
   * @param byRuntime why ONNX Runtime does not run files alone that {@code verify} passes
   * @param refused the operators that a refusal names
   */
  record Row(
      int opset,
      int alone,
      int verified,
      SortedMap<String, String> unverified,
      SortedMap<String, String> byRuntime,
      SortedMap<String, SortedSet<String>> refused) {
    int written() {
      return verified + unverified.size();
    }
  }

  /** Stands for what ONNX Runtime says of a case whose outputs are random. */
  static final String RANDOM = "random";

  private final Path work;
  private final Set<String> random = new HashSet<>();
  private final SortedMap<String, Graph> graphs = new TreeMap<>();
  private final SortedMap<String, Path> folders = new TreeMap<>();

  OpsetTable(Path cases, Path work) {
    this.work = work;
    for (OnnxCase one : OnnxCase.in(cases)) {
      String name = one.folder().getFileName().toString();
      graphs.put(name, OnnxFile.read(one.model()));
      folders.put(name, one.folder().toAbsolutePath());
    }
  }

  int cases() {
    return graphs.size();
  }

  Row row(int opset) throws IOException, InterruptedException {
    SortedMap<String, Path> written = new TreeMap<>();
    SortedMap<String, SortedSet<String>> refused = new TreeMap<>();
    for (Map.Entry<String, Graph> entry : graphs.entrySet()) {
      String name = entry.getKey();
      try {
        Target.Prepared prepared = Target.opset(opset).prepare(entry.getValue());
        byte[] bytes = OnnxFile.bytes(prepared.graph(), Export.atOpset(prepared.opset()));
        written.put(name, place(work.resolve(opset + "/" + name), bytes, folders.get(name)));
      } catch (DiagnosticException e) {
        refused.put(name, operators(e));
      }
    }
    SortedMap<String, String> byRuntime = new TreeMap<>();
    SortedMap<String, Path> left = written;
    if (opset <= NEWEST_RUN) {
      byRuntime = failures(written, true);
      left = new TreeMap<>(written);
      left.keySet().retainAll(byRuntime.keySet());
    }
    SortedMap<String, String> unverified = failures(left, false);
    for (Path folder : written.values()) {
      clear(folder);
    }
    byRuntime.keySet().removeAll(unverified.keySet());
    byRuntime.replaceAll((name, why) -> random.contains(name) ? RANDOM : why);
    int verified = written.size() - unverified.size();
    int alone = opset <= NEWEST_RUN ? written.size() - left.size() : 0;
    return new Row(opset, alone, verified, unverified, byRuntime, refused);
  }

  private static SortedSet<String> operators(DiagnosticException e) {
    String message = e.diagnostic().message();
    int end = message.indexOf(" cannot be written at opset ");
    if (!e.diagnostic().code().equals("ONNX-013") || end < 0) {
      throw e;
    }
    return new TreeSet<>(List.of(message.substring(0, end).split(", ")));
  }

  /** A case of its own: the model, and links to the data. */
  private static Path place(Path folder, byte[] model, Path original) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("model.onnx"), model);
    try (Stream<Path> entries = Files.list(original)) {
      for (Path set : entries.filter(Files::isDirectory).sorted().toList()) {
        Files.createSymbolicLink(folder.resolve(set.getFileName()), set);
      }
    }
    return folder;
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        Files.delete(entry);
      }
    }
    Files.delete(folder);
  }

  /** The cases that fail, and why. */
  private SortedMap<String, String> failures(SortedMap<String, Path> cases, boolean direct)
      throws IOException, InterruptedException {
    SortedMap<String, String> failures = new TreeMap<>();
    if (cases.isEmpty()) {
      return failures;
    }
    Path json = work.resolve("report.json");
    Settings settings = new Settings(Set.of(Kind.OUTPUTS), true, direct, false);
    int jobs = Runtime.getRuntime().availableProcessors();
    new Verification(settings, jobs, Duration.ofSeconds(60), List.of(), ProductWorker.class)
        .run(new ArrayList<>(cases.values()), new PrintWriter(Writer.nullWriter()), true, json);
    for (Object row : JSON.std.listFrom(json.toFile())) {
      Map<?, ?> outcome = (Map<?, ?>) row;
      String name = Path.of((String) outcome.get("name")).getFileName().toString();
      if ("failed".equals(outcome.get("status"))) {
        failures.put(name, (String) outcome.get("message"));
      } else if ("random".equals(outcome.get("status"))) {
        random.add(name);
      }
    }
    return failures;
  }
}
