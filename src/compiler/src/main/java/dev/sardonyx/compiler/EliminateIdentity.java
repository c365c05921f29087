package dev.sardonyx.compiler;

import dev.sardonyx.ir.Arithmetic;
import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Layout;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What computes its own input is that input.
 *
 * <pre>
 *  Identity(x), x * 1, x / 1, x - 0, Cast to its own type,        ->   x
 *  Reshape and Expand to its own shape, Transpose by 0, 1, 2, …,
 *  Concat of one
 * </pre>
 *
 * <p>x + 0 is not among them: it turns -0 into 0.
 */
public final class EliminateIdentity implements Rule {
  @Override
  public @Nullable Value rewrite(Node node, Uses uses) {
    return isIdentity(node) ? node.input(0) : null;
  }

  private static boolean isIdentity(Node node) {
    Op op = node.op();
    if (op instanceof Elementwise.Identity) {
      return true;
    }
    if (op instanceof Slicing.Concat) {
      return node.inputs().size() == 1;
    }
    if (op instanceof Elementwise.Cast
        || op instanceof Layout.Reshape
        || op instanceof Layout.Expand) {
      return keepsType(node);
    }
    if (op instanceof Arithmetic.Mul || op instanceof Arithmetic.Div) {
      return isScalar(node.input(1), 1) && keepsType(node);
    }
    if (op instanceof Arithmetic.Sub) {
      return isScalar(node.input(1), 0) && keepsType(node);
    }
    return op instanceof Layout.Transpose t && MergeTransposes.isIdentity(t, node.input(0));
  }

  private static boolean keepsType(Node node) {
    Value from = node.input(0);
    Value to = node.output();
    return from.tensorType().element() == to.tensorType().element()
        && from.shape().provablySame(to.shape());
  }

  private static boolean isScalar(Value value, double number) {
    Tensor tensor = value.constant();
    return tensor != null
        && tensor.shape().rank() == 0
        && tensor.element().isNumeric()
        && Double.compare(tensor.getDouble(0), number) == 0;
  }
}
