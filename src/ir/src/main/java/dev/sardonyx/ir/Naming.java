package dev.sardonyx.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names that move from a node's results to the values that take their place. */
public final class Naming {
  private Naming() {}

  /** {@code values}, made of the node's inputs, under the names of the node's results. */
  public static List<Value> like(Node node, List<Value> values) {
    Map<Node, List<@Nullable String>> names = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      String name = node.outputs().get(i).name();
      if (name != null && value.name() == null && !value.node().isLeaf()) {
        set(names.computeIfAbsent(value.node(), n -> new ArrayList<>()), value.index(), name);
      }
    }
    Map<Node, Node> renamed = new HashMap<>();
    for (Node fresh : Walk.topological(values, n -> n.serial() > node.serial())) {
      renamed.put(fresh, renamed(fresh, names.get(fresh), renamed));
    }
    return values.stream()
        .map(v -> renamed.getOrDefault(v.node(), v.node()).outputs().get(v.index()))
        .toList();
  }

  /** A name makes another node, so what is computed from it is made anew, too. */
  private static Node renamed(
      Node node, @Nullable List<@Nullable String> names, Map<Node, Node> renamed) {
    List<@Nullable Value> inputs = new ArrayList<>();
    for (Value input : node.inputs()) {
      Node other = input == null ? null : renamed.get(input.node());
      inputs.add(other == null ? input : other.outputs().get(input.index()));
    }
    Node moved = inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    return names == null ? moved : moved.withNames(merged(moved.names(), names));
  }

  private static void set(List<@Nullable String> names, int index, String name) {
    while (names.size() <= index) {
      names.add(null);
    }
    if (names.get(index) == null) {
      names.set(index, name);
    }
  }

  /** Names that a node has, and where it has none those that are given. */
  private static Node.Names merged(Node.Names own, List<@Nullable String> given) {
    List<@Nullable String> names = new ArrayList<>(own.outputs());
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) != null) {
        set(names, i, given.get(i));
      }
    }
    return own.withOutputs(names);
  }
}
