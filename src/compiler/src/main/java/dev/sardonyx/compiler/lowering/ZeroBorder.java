package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Layout;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Pooling;
import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A border of zeros before a pool of maxima counts, and stays a border.
 *
 * <pre>
 *  MaxPool(Pad(x, pads, 0))   ->   MaxPool(Pad(x, pads, 0, axes))   with all axes
 * </pre>
 *
 * <p>ONNX Runtime's optimizer moves such a Pad into the pool, whose own padding never wins, casts
 * and transposes between them or not: where a window has negative numbers only, the zero is lost. A
 * Pad with axes it leaves alone (PadFusion, in 1.29).
 */
final class ZeroBorder {
  private ZeroBorder() {}

  /** What takes the place of the node's outputs, or null where it is no such pool. */
  static @Nullable List<Value> kept(Node node) {
    if (!(node.op() instanceof Pooling.MaxPool)) {
      return null;
    }
    Value border = withAxes(node.input(0));
    if (border == null) {
      return null;
    }
    List<@Nullable Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, border);
    return Nodes.anonymous(node, node.op(), inputs).outputs();
  }

  private static @Nullable Value withAxes(Value x) {
    Node node = x.node();
    if (node.op() instanceof Elementwise.Cast || node.op() instanceof Layout.Transpose) {
      Value border = withAxes(node.input(0));
      return border == null ? null : Nodes.anonymous(node, node.op(), List.of(border)).output();
    }
    boolean zeros = node.op() instanceof Slicing.Pad pad && pad.mode() == Slicing.PadMode.CONSTANT;
    if (!zeros || node.hasInput(3) || !x.tensorType().shape().isRanked()) {
      return null;
    }
    int rank = x.tensorType().shape().rank();
    long[] axes = new long[rank];
    for (int i = 0; i < rank; i++) {
      axes[i] = i;
    }
    List<@Nullable Value> inputs = new ArrayList<>(node.inputs().subList(0, 2));
    inputs.add(node.hasInput(2) ? node.input(2) : null);
    inputs.add(Value.constant(Tensor.of(axes, rank)));
    return Nodes.anonymous(node, node.op(), inputs).output();
  }
}
