package dev.sardonyx.nn;

import dev.sardonyx.compiler.Evaluator;
import dev.sardonyx.compiler.Target;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.runtime.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Making graphs ready to run. */
final class Graphs {
  /** Computes constants by ONNX Runtime. */
  static final Evaluator EVALUATOR = Graphs::evaluate;

  private Graphs() {}

  /** The graph of {@code outputs}, with those {@code inputs} that they reach or that are kept. */
  static Graph withUsedInputs(
      String name, Map<String, Value> inputs, Map<String, Value> outputs, Collection<String> kept) {
    Set<Node> reached = new HashSet<>(Walk.topological(outputs.values()));
    List<Value> used = new ArrayList<>();
    inputs.forEach(
        (inputName, value) -> {
          if (reached.contains(value.node()) || kept.contains(inputName)) {
            used.add(value);
          }
        });
    return Graph.of(name, used, outputs);
  }

  /** The names of the inputs that {@code outputs} depend on. */
  static List<String> inputNames(Collection<Value> outputs) {
    List<String> names = new ArrayList<>();
    for (Node node : Walk.topological(outputs)) {
      if (node.op() instanceof Leaf.Input input) {
        names.add(input.name());
      }
    }
    return names;
  }

  /** A session for a graph, lowered to what ONNX Runtime runs; the caller closes it. */
  static Session open(Graph graph) {
    Target.Prepared prepared = Target.onnxRuntime129Cpu().here().prepare(graph);
    Export export = Export.DEFAULT.withOpset(prepared.opset());
    return Session.open(OnnxFile.bytes(prepared.graph(), export));
  }

  private static List<Tensor> evaluate(Graph graph) {
    try (Session session = open(graph)) {
      return List.copyOf(session.run(Map.of()).values());
    }
  }
}
