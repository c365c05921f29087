package dev.sardonyx.testkit;

import dev.sardonyx.compiler.LowerGradient;
import dev.sardonyx.ir.Expansion;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.runtime.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs graphs: to an ONNX file in memory, and through ONNX Runtime. */
public final class Evaluate {
  private static final int OLDEST = 18;
  private static final int NEWEST = 26;

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

  /** A session for {@code graph}, to be closed by the caller. */
  public static Session open(Graph graph) {
    Graph lowered = Expansion.expand(new LowerGradient().run(graph), Evaluate::isKnown);
    return Session.open(OnnxFile.bytes(lowered, Export.atOpset(opset(lowered))));
  }

  /** The oldest opset from 18 on that has all operators of {@code graph} and their attributes. */
  static int opset(Graph graph) {
    int opset = OLDEST;
    for (Node node : graph.nodes()) {
      OpSchema schema = OpSchema.of(node.op());
      if (schema.domain().isEmpty()) {
        opset = Math.max(opset, schema.from());
        Set<String> given = schema.attributesOf(node.op()).keySet();
        for (OpAttribute attribute : schema.attributes()) {
          opset = Math.max(opset, given.contains(attribute.name()) ? attribute.since() : 0);
        }
      }
    }
    return opset;
  }

  /** Whether ONNX Runtime has heard of the operator. */
  private static boolean isKnown(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    return !schema.domain().startsWith("ai.onnx.preview") && schema.from() <= NEWEST;
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
