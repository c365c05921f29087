package dev.sardonyx.onnx;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each value of a graph is called in a file. Inputs, parameters and outputs have their names
 * by right; then come the values' own, in order; what has none gets one from its operator and a
 * counter. In a subgraph the names around it are taken, and only captured values have them.
 */
final class ValueNames {
  private final Graph graph;
  private final NamePool pool;
  private final Set<Value> consumed;
  private final Map<Value, String> names = new HashMap<>();
  private final List<String> outputs = new ArrayList<>();

  private ValueNames(Graph graph, NamePool pool) {
    this.graph = graph;
    this.pool = pool;
    this.consumed = new HashSet<>(graph.outputs());
    for (Node node : graph.nodes()) {
      consumed.addAll(node.inputs());
    }
  }

  static ValueNames of(Graph graph, NamePool pool) {
    ValueNames names = new ValueNames(graph, pool);
    names.nameLeaves();
    names.nameOutputs();
    names.nameResults();
    return names;
  }

  /**
   * The names in a subgraph.
   *
   * @param captured what the captured values are called around it
   */
  static ValueNames of(Body body, List<String> captured, NamePool pool) {
    ValueNames names = new ValueNames(body.graph(), pool);
    for (int i = 0; i < captured.size(); i++) {
      names.names.put(body.captured().get(i), captured.get(i));
    }
    for (Value formal : body.formals()) {
      names.names.put(formal, pool.distinct(((Leaf.Input) formal.op()).name()));
    }
    for (String name : body.graph().outputNames()) {
      names.outputs.add(pool.distinct(name));
    }
    names.nameDirectOutputs();
    names.nameResults();
    return names;
  }

  /** The name of a value; empty if nothing uses it and it may be left out. */
  String of(Value value) {
    if (value.op() instanceof Leaf.Parameter parameter) {
      return parameter.name();
    }
    return names.getOrDefault(value, "");
  }

  /** The names of the graph's outputs, which are other names for what comes from inside. */
  List<String> outputs() {
    return outputs;
  }

  private void nameLeaves() {
    for (Value input : graph.inputs()) {
      take(input, ((Leaf.Input) input.op()).name());
    }
    for (Value parameter : graph.parameters()) {
      take(parameter, ((Leaf.Parameter) parameter.op()).name());
    }
  }

  private void take(Value leaf, String name) {
    if (name.isEmpty()) {
      throw refuse(leaf.node().at(), "an input or parameter has no name", "give it one");
    }
    names.put(leaf, name);
    pool.take(name);
  }

  private void nameOutputs() {
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value value = graph.outputs().get(i);
      String name = graph.outputNames().get(i);
      boolean passesThrough = name.equals(names.get(value));
      if (name.isEmpty() || !passesThrough && !pool.take(name)) {
        throw refuse(
            value.node().at(),
            name.isEmpty()
                ? "an output has no name"
                : "output " + Source.shown(name) + " has the name of an input or a parameter",
            "in an ONNX file every name stands for one value: rename the output");
      }
      outputs.add(name);
    }
    nameDirectOutputs();
  }

  /** A value that is an output has its name, where that is its own or it can have no other. */
  private void nameDirectOutputs() {
    Map<Value, String> direct = new HashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      Value value = graph.outputs().get(i);
      if (graph.outputNames().get(i).equals(value.name())) {
        direct.put(value, outputs.get(i));
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      Value value = graph.outputs().get(i);
      String own = value.name();
      if (own == null || pool.isTaken(own)) {
        direct.putIfAbsent(value, outputs.get(i));
      }
    }
    direct.forEach(names::putIfAbsent);
  }

  private void nameResults() {
    List<Value> used = new ArrayList<>();
    for (Node node : graph.nodes()) {
      addNeeded(node, used);
    }
    for (Value value : used) {
      String own = value.name();
      if (own != null && !names.containsKey(value) && !own.isEmpty() && pool.take(own)) {
        names.put(value, own);
      }
    }
    for (Value value : used) {
      if (!names.containsKey(value)) {
        names.put(value, pool.generated(OpSchema.of(value.op()).type()));
      }
    }
  }

  private static DiagnosticException refuse(Location at, String message, String help) {
    return new Diagnostic("ONNX-022", message, at, "names are unique in a file", help).exception();
  }

  /** Adds the outputs of a node that a file must name. */
  private void addNeeded(Node node, List<Value> needed) {
    if (node.isLeaf() && !(node.op() instanceof Leaf.Constant)) {
      return;
    }
    List<OpSchema.Slot> slots = OpSchema.of(node.op()).outputs();
    for (Value value : node.outputs()) {
      OpSchema.Slot slot = slots.get(Math.min(value.index(), slots.size() - 1));
      if (!slot.optional() || slot.variadic() || consumed.contains(value)) {
        needed.add(value);
      }
    }
  }
}
