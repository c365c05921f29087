package dev.sardonyx.onnx;

import dev.sardonyx.ir.Arithmetic;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Slicing.Pad;
import dev.sardonyx.ir.Slicing.PadMode;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Borders of some axes, and borders that are the tensor's other end. */
final class RephrasedBorders {
  private RephrasedBorders() {}

  static @Nullable List<Value> of(Node node) {
    Value x = node.input(0);
    PadMode mode = ((Pad) node.op()).mode();
    if (!x.shape().isRanked() || !node.hasInput(3) && mode != PadMode.WRAP) {
      return null;
    }
    int rank = x.shape().rank();
    Value pads = node.input(1);
    if (node.hasInput(3)) {
      Value none = Value.constant(Tensor.zeros(ElementType.INT64, 2L * rank));
      pads = new FullAxes(rank, node.input(3)).two(none, pads);
    }
    Value border = node.hasInput(2) ? node.input(2) : null;
    return List.of(mode == PadMode.WRAP ? wrapped(x, pads) : Value.of(node.op(), x, pads, border));
  }

  /** Along every axis: positions from before the start until after the end, modulo the extent. */
  private static Value wrapped(Value x, Value pads) {
    int rank = x.shape().rank();
    long[] known = FullAxes.known(pads);
    Value y = x;
    for (int axis = 0; axis < rank; axis++) {
      if (known != null && known[axis] == 0 && known[axis + rank] == 0) {
        continue;
      }
      Dim dim = x.shape().dim(axis);
      Value extent =
          dim.isFixed()
              ? Value.constant(Tensor.scalar(dim.value()))
              : x.shapeOf().gather(Value.constant(Tensor.scalar((long) axis)), 0);
      Value before = pads.gather(Value.constant(Tensor.scalar((long) axis)), 0);
      Value after = pads.gather(Value.constant(Tensor.scalar((long) axis + rank)), 0);
      Value one = Value.constant(Tensor.scalar(1L));
      Value positions = Value.range(before.neg(), extent.add(after), one);
      y = y.gather(Value.of(new Arithmetic.Mod(false), positions, extent), axis);
    }
    return y;
  }
}
