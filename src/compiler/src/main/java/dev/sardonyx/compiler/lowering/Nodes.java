package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes in place of others. */
final class Nodes {
  private Nodes() {}

  /** An operator in the place of a node, with as many results; names are left to the caller. */
  static Node anonymous(Node node, Op op, List<? extends @Nullable Value> inputs) {
    Node.Names names = node.names().withOutputs(List.of());
    return Node.of(op, inputs, node.outputs().size(), names, node.at());
  }
}
