package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Upgrades.all;
import static dev.sardonyx.onnx.Upgrades.at;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.Upgrades.Change;
import java.util.List;

/** Old forms of operators that reduce, select or normalize along axes. */
final class OldReductions {
  private static final long AXIS_OF_TRANSFORM = -2;

  static final List<Change> CHANGES =
      all(
          at(10, "TopK", OldReductions::countToInput),
          at(13, "ReduceSum", OldReductions::axesToInput),
          at(
              18,
              "ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin"
                  + " ReduceProd ReduceSumSquare",
              OldReductions::axesToInput),
          at(13, "Hardmax LogSoftmax Softmax", OldReductions::normalizeRows),
          at(20, "DFT", OldReductions::axisOfTransform));

  private OldReductions() {}

  private static void countToInput(OldNode node) {
    Long k = node.take("k", Long.class);
    if (k == null) {
      throw node.refuse("misses its attribute k", "say how many elements to take");
    }
    node.input(1, Value.longs(k));
  }

  /** An empty list meant all axes, as no list. */
  private static void axesToInput(OldNode node) {
    long[] axes = node.takeLongs("axes");
    if (axes != null && axes.length > 0) {
      node.input(1, Value.longs(axes));
    }
  }

  /** The tensor was taken for a matrix, whose rows the axes before {@code axis} were. */
  private static void normalizeRows(OldNode node) {
    long axis = node.take("axis", 1L);
    Value x = node.x(0);
    if (isLast(x.shape(), axis)) {
      node.put("axis", axis);
      return;
    }
    node.input(0, x.flatten(axis));
    node.put("axis", -1L);
    node.result(0, made -> made.get(0).reshapeLike(x));
  }

  /** Whether nothing but axes of extent 1 comes after the axis. */
  private static boolean isLast(Shape shape, long axis) {
    if (!shape.isRanked()) {
      return axis == -1;
    }
    long first = axis < 0 ? axis + shape.rank() : axis;
    if (first < 0 || first >= shape.rank()) {
      return false;
    }
    List<Dim> after = shape.dims().subList((int) first + 1, shape.rank());
    return after.stream().allMatch(d -> d.is(1));
  }

  /** What no axis stands for now is left out, so that there is one form of it. */
  private static void axisOfTransform(OldNode node) {
    long axis = node.take("axis", 1L);
    if (axis != AXIS_OF_TRANSFORM) {
      node.input(2, Value.constant(Tensor.scalar(axis)));
    }
  }
}
