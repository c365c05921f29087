package dev.sardonyx.testkit;

import dev.sardonyx.compiler.Target;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.runtime.ExecutionProvider;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.runtime.SessionOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs graphs: to an ONNX file in memory, and through ONNX Runtime. */
public final class Evaluate {
  private Evaluate() {}

  /** The outputs of {@code graph} by name, for inputs by name. */
  public static Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
    try (Session session = open(graph)) {
      return session.run(inputs);
    }
  }

  /** The outputs of {@code graph} in order, for inputs in order. */
  public static List<Tensor> run(Graph graph, List<Tensor> inputs) {
    return List.copyOf(run(graph, byName(graph, inputs)).values());
  }

  /** The outputs of {@code graph} in order, for inputs of any types in order. */
  public static List<Datum> runValues(Graph graph, List<Datum> inputs) {
    Map<String, Datum> named = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      named.put(String.valueOf(graph.inputs().get(i).name()), inputs.get(i));
    }
    try (Session session = open(graph)) {
      return List.copyOf(session.runValues(named).values());
    }
  }

  /** A session for {@code graph}, to be closed by the caller. */
  public static Session open(Graph graph) {
    return open(graph, SessionOptions.defaults());
  }

  /** A session for {@code graph}, to be closed by the caller. */
  public static Session open(Graph graph, SessionOptions options) {
    boolean cuda = options.providers().stream().anyMatch(ExecutionProvider.Cuda.class::isInstance);
    Target target = cuda ? Target.onnxRuntime129Cuda() : Target.onnxRuntime129Cpu();
    Target.Prepared prepared = target.here().prepare(graph);
    byte[] model = OnnxFile.bytes(prepared.graph(), Export.atOpset(prepared.opset()));
    return Session.open(model, options);
  }

  /** Tensors under the names of the graph's inputs, in order. */
  public static Map<String, Tensor> byName(Graph graph, List<Tensor> inputs) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      named.put(String.valueOf(graph.inputs().get(i).name()), inputs.get(i));
    }
    return named;
  }
}
