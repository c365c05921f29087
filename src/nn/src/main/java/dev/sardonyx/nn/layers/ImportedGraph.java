package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Normalization.BatchNormalization;
import dev.sardonyx.ir.Resampling.Resize;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The mathematics of an ONNX file.
 *
 * @param inputs the leaves that stand for data
 * @param weights the leaves that stand for weights, by name; parameters of the file, or inputs
 *     where their values are kept elsewhere
 */
record ImportedGraph(
    List<Value> inputs, Map<String, Value> weights, List<Value> outputs, List<String> outputNames) {
  /** Every operator can be written at this opset, which only {@link #read} reads. */
  private static final Export FORMAT = Export.atOpset(28);

  /**
   * The graph with its float32 parameters as weights, but for scalars and the scales of a Resize:
   * exporters list constants of the mathematics among the parameters.
   */
  static ImportedGraph of(Graph graph) {
    Set<Value> sizes = sizes(graph.nodes());
    Map<String, Value> weights = new LinkedHashMap<>();
    for (Value value : graph.parameters()) {
      boolean float32 = value.element() == ElementType.FLOAT32;
      if (float32 && value.shape().rank() > 0 && !sizes.contains(value)) {
        weights.put(((Leaf.Parameter) value.op()).name(), value);
      }
    }
    return new ImportedGraph(graph.inputs(), weights, graph.outputs(), graph.outputNames());
  }

  private static Set<Value> sizes(List<Node> nodes) {
    Set<Value> sizes = new HashSet<>();
    for (Node node : nodes) {
      if (node.op() instanceof Resize) {
        sizes.addAll(node.inputs().subList(1, node.inputs().size()));
      }
    }
    return sizes;
  }

  /** The graph that ends at these values, with those inputs and weights that they need. */
  ImportedGraph upTo(List<String> names) {
    Map<String, Value> named = named();
    return reaching(names.stream().map(named::get).toList(), names);
  }

  /** The values that a graph can end at, by the names that the file has for them. */
  Map<String, Value> named() {
    Map<String, Value> named = new LinkedHashMap<>();
    for (Node node : Walk.topological(outputs)) {
      for (Value value : node.outputs()) {
        if (value.name() != null && !(node.op() instanceof Leaf)) {
          named.put(value.name(), value);
        }
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      named.put(outputNames.get(i), outputs.get(i));
    }
    return named;
  }

  private ImportedGraph reaching(List<Value> newOutputs, List<String> names) {
    Set<Node> reached = new HashSet<>(Walk.topological(newOutputs));
    Map<String, Value> kept = new LinkedHashMap<>(weights);
    kept.values().removeIf(value -> !reached.contains(value.node()));
    List<Value> data = inputs.stream().filter(v -> reached.contains(v.node())).toList();
    return new ImportedGraph(data, kept, newOutputs, names);
  }

  /** The graph with one more parameter as a weight: a scalar that is meant to be trained. */
  ImportedGraph withWeight(Value parameter) {
    Map<String, Value> more = new LinkedHashMap<>(weights);
    more.put(((Leaf.Parameter) parameter.op()).name(), parameter);
    return new ImportedGraph(inputs, more, outputs, outputNames);
  }

  /** The float32 scalars of the file, by name. */
  Map<String, Value> scalars() {
    Map<String, Value> scalars = new LinkedHashMap<>();
    for (Node node : Walk.topological(outputs)) {
      if (node.op() instanceof Leaf.Parameter p
          && p.tensor().element() == ElementType.FLOAT32
          && p.tensor().shape().rank() == 0) {
        scalars.put(p.name(), node.output());
      }
    }
    return scalars;
  }

  /** The weights that are means and variances of batch normalizations: no gradient moves them. */
  Set<String> statistics() {
    Set<Value> found = new HashSet<>();
    for (Node node : Walk.topological(outputs)) {
      if (node.op() instanceof BatchNormalization) {
        found.addAll(node.inputs().subList(3, 5));
      }
    }
    Set<String> names = new LinkedHashSet<>(weights.keySet());
    names.removeIf(name -> !found.contains(weights.get(name)));
    return names;
  }

  /** The outputs computed from other data and from {@code given} values of the weights. */
  List<Value> on(List<Value> data, List<Value> given) {
    Map<Value, Value> replacements = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      replacements.put(inputs.get(i), data.get(i));
    }
    List<Value> leaves = List.copyOf(weights.values());
    for (int i = 0; i < leaves.size(); i++) {
      replacements.put(leaves.get(i), given.get(i));
    }
    return Rewriting.substitute(outputs, replacements);
  }

  /** An ONNX file without the weights' values: they are inputs behind the data. */
  byte[] bytes() {
    List<Value> given = new ArrayList<>();
    weights.forEach((name, value) -> given.add(Value.input(name, value.type())));
    List<Value> leaves = new ArrayList<>(inputs);
    leaves.addAll(given);
    return OnnxFile.bytes(Graph.of("layer", leaves, on(inputs, given), outputNames), FORMAT);
  }

  /** What {@link #bytes} wrote of a graph with so many {@code data} inputs. */
  static ImportedGraph read(byte[] bytes, int data) {
    Graph graph = OnnxFile.read(bytes, "the saved layer");
    Map<String, Value> weights = new LinkedHashMap<>();
    for (Value value : graph.inputs().subList(data, graph.inputs().size())) {
      weights.put(((Leaf.Input) value.op()).name(), value);
    }
    return new ImportedGraph(
        graph.inputs().subList(0, data), weights, graph.outputs(), graph.outputNames());
  }
}
