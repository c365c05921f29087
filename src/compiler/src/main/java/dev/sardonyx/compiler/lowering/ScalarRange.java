package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Range's bounds are scalars; files also have vectors of one element there.
 *
 * <pre>
 *  Range(start, limit, delta)   ->   Range(Reshape(start, []), Reshape(limit, []), …)
 * </pre>
 */
final class ScalarRange implements Lowering {
  /** Whether a bound is known to be a vector. */
  static boolean applies(Node node) {
    return node.inputs().stream().anyMatch(v -> v != null && isVector(v));
  }

  @Override
  public @Nullable List<Value> lower(Node node, Kernels kernels) {
    if (!OpSchema.of(node.op()).type().equals("Range") || !applies(node)) {
      return null;
    }
    List<@Nullable Value> bounds = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Value bound = node.input(i);
      bounds.add(isVector(bound) ? bound.reshape() : bound);
    }
    return Nodes.anonymous(node, node.op(), bounds).outputs();
  }

  private static boolean isVector(Value value) {
    return value.shape().isRanked() && value.shape().rank() > 0;
  }
}
