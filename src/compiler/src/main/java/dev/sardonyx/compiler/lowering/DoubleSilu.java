package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Activation.Sigmoid;
import dev.sardonyx.ir.Arithmetic.Mul;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime fuses what looks like SiLU into {@code com.microsoft.QuickGelu}, on every element
 * type, and then finds that this has no kernel on float64.
 *
 * <pre>
 *  Mul(x, Sigmoid(a·x))   ->   Div(x, 1 + Exp(-a·x))
 * </pre>
 */
final class DoubleSilu implements Lowering {
  /** Whether ONNX Runtime would fuse the node. */
  static boolean applies(Node node) {
    return node.op() instanceof Mul
        && node.input(0).element() == ElementType.FLOAT64
        && (gates(node.input(0), node.input(1)) || gates(node.input(1), node.input(0)));
  }

  @Override
  public @Nullable List<Value> lower(Node node, Kernels kernels) {
    if (!applies(node)) {
      return null;
    }
    boolean last = gates(node.input(1), node.input(0));
    Value x = node.input(last ? 0 : 1);
    Value gate = node.input(last ? 1 : 0).node().input(0);
    return List.of(x.div(gate.neg().exp().add(1)));
  }

  /** Whether {@code gate} is the sigmoid of {@code x}, or of a multiple of it. */
  private static boolean gates(Value gate, Value x) {
    if (!(gate.node().op() instanceof Sigmoid)) {
      return false;
    }
    Value inner = gate.node().input(0);
    return inner == x
        || inner.node().op() instanceof Mul
            && (inner.node().input(0) == x || inner.node().input(1) == x);
  }
}
