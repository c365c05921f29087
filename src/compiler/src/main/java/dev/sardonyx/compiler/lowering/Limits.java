package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import java.util.Set;

/**
 * What ONNX Runtime's kernels refuse although their types fit: its table does not say it, trying
 * does.
 */
final class Limits {
  private static final Set<String> RECURRENT = Set.of("RNN", "GRU", "LSTM");

  private Limits() {}

  static boolean refuses(Node node) {
    OpSchema schema = OpSchema.of(node.op());
    return schema.domain().isEmpty()
        && RECURRENT.contains(schema.type())
        && isGiven(schema, node, "layout");
  }

  /** Whether an attribute is not at its default. */
  private static boolean isGiven(OpSchema schema, Node node, String attribute) {
    return schema.attributesOf(node.op()).containsKey(attribute);
  }
}
