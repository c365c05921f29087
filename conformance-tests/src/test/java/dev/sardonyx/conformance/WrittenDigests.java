package dev.sardonyx.conformance;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.compiler.Target;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.ExternalStorage;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.testkit.Evaluate;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A program that reads models, writes each in several ways and prints the SHA-256 of every file: a
 * line for each. What is refused has the digest of what the refusal says.
 *
 * <p>Arguments: where the models are, as {@link NodeCases} takes it, and a folder to work in.
 */
final class WrittenDigests {
  private static final Map<String, Function<Graph, Target.Prepared>> WAYS = new LinkedHashMap<>();

  static {
    WAYS.put("default", graph -> new Target.Prepared(graph, Export.DEFAULT.opset()));
    WAYS.put("oldest", Target.opset(13)::prepare);
    WAYS.put("newest", Target.opset(28)::prepare);
    WAYS.put("lowered", Target.onnxRuntime129Cpu()::prepare);
    WAYS.put(
        "passes",
        graph -> prepared(Pipeline.inference(c -> Evaluate.run(c, List.of())).run(graph)));
    WAYS.put("gradients", graph -> prepared(Gradients.of(graph, inputs(graph))));
  }

  private final Path folder;
  private final PrintStream out;

  private WrittenDigests(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    SortedMap<String, byte[]> models = NodeCases.models(Path.of(arguments[0]));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    WrittenDigests digests = new WrittenDigests(Path.of(arguments[1]), out);
    for (Map.Entry<String, byte[]> model : models.entrySet()) {
      digests.model(model.getKey(), model.getValue());
    }
    out.flush();
  }

  private static Target.Prepared prepared(Graph graph) {
    return Target.onnxRuntime129Cpu().prepare(graph);
  }

  private static List<String> inputs(Graph graph) {
    return graph.inputs().stream()
        .filter(value -> value.type() instanceof TensorType type && type.element().isFloat())
        .map(Value::name)
        .toList();
  }

  private void model(String name, byte[] bytes) throws IOException {
    Graph graph;
    try {
      graph = OnnxFile.read(bytes, name);
    } catch (DiagnosticException e) {
      refused(name + " read", e);
      return;
    }
    for (Map.Entry<String, Function<Graph, Target.Prepared>> way : WAYS.entrySet()) {
      String what = name + " " + way.getKey();
      try {
        Target.Prepared prepared = way.getValue().apply(graph);
        Export export = Export.atOpset(prepared.opset());
        line(what, OnnxFile.bytes(prepared.graph(), export));
      } catch (DiagnosticException e) {
        refused(what, e);
      }
    }
    external(name, graph);
  }

  /** All weights beside the model, in several files. */
  private void external(String name, Graph graph) throws IOException {
    Path target = Files.createTempDirectory(folder, "model");
    Export export = Export.atOpset(28).withExternalData(new ExternalStorage(0, 4096));
    try {
      OnnxFile.write(graph, target.resolve("model.onnx"), export);
    } catch (DiagnosticException e) {
      refused(name + " external", e);
    }
    try (Stream<Path> files = Files.list(target)) {
      for (Path file : files.sorted().toList()) {
        line(name + " external " + file.getFileName(), Files.readAllBytes(file));
        Files.delete(file);
      }
    }
    Files.delete(target);
  }

  private void refused(String what, DiagnosticException e) {
    line(what + " refused", e.getMessage().getBytes(StandardCharsets.UTF_8));
  }

  private void line(String what, byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      out.print(HexFormat.of().formatHex(digest) + " " + what + "\n");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
