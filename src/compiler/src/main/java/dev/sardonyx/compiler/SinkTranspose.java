package dev.sardonyx.compiler;

import dev.sardonyx.ir.Broadcasting;
import dev.sardonyx.ir.Layout;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Unary;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transpose moves behind an elementwise operator, to meet its inverse there.
 *
 * <pre>
 *  x -> Transpose(p) -> Relu               ->   x -> Relu -> Transpose(p)
 *  Add(Transpose(p)(x), Transpose(p)(y))   ->   Transpose(p)(Add(x, y))
 *  Mul(Transpose(p)(x), scalar)            ->   Transpose(p)(Mul(x, scalar))
 * </pre>
 */
public final class SinkTranspose implements Rule {
  @Override
  public @Nullable Value rewrite(Node node, Uses uses) {
    if (!(node.op() instanceof Unary) && !(node.op() instanceof Broadcasting)) {
      return null;
    }
    Layout.Transpose shared = null;
    int rank = -1;
    List<@Nullable Value> inner = new ArrayList<>();
    for (Value input : node.inputs()) {
      if (input == null || isScalar(input.shape())) {
        inner.add(input);
      } else if (input.op() instanceof Layout.Transpose t
          && uses.only(input)
          && input.shape().isRanked()
          && (shared == null || t.equals(shared) && input.shape().rank() == rank)) {
        shared = t;
        rank = input.shape().rank();
        inner.add(input.node().input(0));
      } else {
        return null;
      }
    }
    // Without its names: they belong to the value in its old layout.
    return shared == null ? null : Value.of(shared, Node.of(node.op(), inner, 1).output());
  }

  private static boolean isScalar(Shape shape) {
    return shape.isRanked() && shape.rank() == 0;
  }
}
