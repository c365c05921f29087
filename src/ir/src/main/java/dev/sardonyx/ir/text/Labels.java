package dev.sardonyx.ir.text;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What each value is called in a text: its own name where it has it to itself, else a number. */
final class Labels {
  private final Map<Value, String> labels = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private int count;

  /** Inputs and parameters keep their names, whoever else has them. */
  Labels(Graph graph) {
    for (Value input : graph.inputs()) {
      label(input, ((Leaf.Input) input.op()).name());
    }
    for (Value parameter : graph.parameters()) {
      label(parameter, ((Leaf.Parameter) parameter.op()).name());
    }
  }

  private String label(Value value, String name) {
    taken.add(name);
    String label = Words.name(name);
    labels.put(value, label);
    return label;
  }

  /** Labels a node's outputs; the text that declares output {@code i}. */
  String declare(Node node, int i) {
    Value value = node.outputs().get(i);
    String name = value.name();
    if (name != null && !taken.contains(name)) {
      return label(value, name);
    }
    String label = "%" + ++count;
    labels.put(value, label);
    return name == null ? label : label + " " + Words.quote(name);
  }

  String of(Value value) {
    return labels.get(value);
  }
}
