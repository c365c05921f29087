package dev.sardonyx.onnx;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each value is called in a file, where every name stands for one value. Inputs, parameters
 * and outputs have their names by right; then come the values' own, in order; what has none gets
 * one from its operator and a counter.
 */
final class ValueNames {
  private static final char SEPARATOR = '$';

  private final Graph graph;
  private final Set<Value> consumed;
  private final Map<Value, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counters = new HashMap<>();

  ValueNames(Graph graph) {
    this.graph = graph;
    this.consumed = new HashSet<>(graph.outputs());
    graph.nodes().forEach(n -> consumed.addAll(n.inputs()));
    nameLeaves();
    nameOutputs();
    List<Value> used = graph.nodes().stream().flatMap(n -> needed(n).stream()).toList();
    for (Value value : used) {
      String own = value.name();
      if (own != null && !names.containsKey(value) && !own.isEmpty() && taken.add(own)) {
        names.put(value, own);
      }
    }
    for (Value value : used) {
      if (!names.containsKey(value)) {
        names.put(value, generated(OpSchema.of(value.op()).type()));
      }
    }
  }

  /** The name of a value; empty if nothing uses it and it may be left out. */
  String of(Value value) {
    if (value.op() instanceof Leaf.Parameter parameter) {
      return parameter.name();
    }
    return names.getOrDefault(value, "");
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
    taken.add(name);
  }

  private void nameOutputs() {
    Map<Value, String> direct = new HashMap<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value value = graph.outputs().get(i);
      String name = graph.outputNames().get(i);
      boolean passesThrough = name.equals(names.get(value));
      if (name.isEmpty() || !passesThrough && !taken.add(name)) {
        throw refuse(
            value.node().at(),
            name.isEmpty()
                ? "an output has no name"
                : "output " + Source.shown(name) + " has the name of an input or a parameter",
            "in an ONNX file every name stands for one value: rename the output");
      }
      if (name.equals(value.name())) {
        direct.put(value, name);
      }
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value value = graph.outputs().get(i);
      String own = value.name();
      if (own == null || taken.contains(own)) {
        direct.putIfAbsent(value, graph.outputNames().get(i));
      }
    }
    direct.forEach(names::putIfAbsent);
  }

  private static DiagnosticException refuse(Location at, String message, String help) {
    return new Diagnostic("ONNX-022", message, at, "names are unique in a file", help).exception();
  }

  /** The outputs of a node that a file must name. */
  private List<Value> needed(Node node) {
    if (node.op() instanceof Leaf.Constant) {
      return node.outputs();
    }
    if (node.isLeaf()) {
      return List.of();
    }
    List<OpSchema.Slot> slots = OpSchema.of(node.op()).outputs();
    return node.outputs().stream()
        .filter(
            v -> {
              OpSchema.Slot slot = slots.get(Math.min(v.index(), slots.size() - 1));
              return !slot.optional() || slot.variadic() || consumed.contains(v);
            })
        .toList();
  }

  private String generated(String type) {
    while (true) {
      String name = type + SEPARATOR + (counters.merge(type, 1, Integer::sum) - 1);
      if (taken.add(name)) {
        return name;
      }
    }
  }

  /** Whether a file's name for a result of this operator is one that nobody gave. */
  static boolean isGenerated(String name, String type) {
    int digits = type.length() + 1;
    return name.length() > digits
        && name.startsWith(type)
        && name.charAt(type.length()) == SEPARATOR
        && name.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9');
  }
}
