package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes in place of others. */
final class Nodes {
  private Nodes() {}

  /** An operator in the place of a node, with as many results; names are left to the caller. */
  static Node anonymous(Node node, Op op, List<? extends @Nullable Value> inputs) {
    Node.Names names = new Node.Names(node.names().node(), List.of(), node.names().docString());
    return Node.of(op, inputs, node.outputs().size(), names, node.at());
  }

  /** {@code results} under the names of the node's results that they replace. */
  static List<Value> named(Node node, List<Value> results) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      String name = node.outputs().get(i).name();
      Value value = results.get(i);
      boolean rename = name != null && value.name() == null && !value.node().isLeaf();
      values.add(rename ? value.named(name) : value);
    }
    return values;
  }
}
