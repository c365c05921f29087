package dev.sardonyx.onnx;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Pooling;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mean of windows with gaps: a convolution of each channel with ones, divided by how many
 * elements each window has.
 */
final class RephrasedPooling {
  private final Pooling.AveragePool op;
  private final long[] extents;
  private final long[] results;
  private final long[] begins;
  private final long[] ends;

  private RephrasedPooling(Pooling.AveragePool op, long[] extents, long[] results) {
    this.op = op;
    this.extents = extents;
    this.results = results;
    this.begins = new long[extents.length];
    this.ends = new long[extents.length];
    for (int i = 0; i < extents.length; i++) {
      long missing = Math.max(0, reach(i) - extents[i]);
      switch (op.autoPad()) {
        case NOTSET -> {
          begins[i] = op.pads().isEmpty() ? 0 : op.pads().get(i);
          ends[i] = op.pads().isEmpty() ? 0 : op.pads().get(extents.length + i);
        }
        case VALID -> {}
        case SAME_UPPER -> begins[i] = missing / 2;
        case SAME_LOWER -> begins[i] = missing - missing / 2;
      }
      if (op.autoPad() == AutoPad.SAME_UPPER || op.autoPad() == AutoPad.SAME_LOWER) {
        ends[i] = missing - begins[i];
      }
    }
  }

  /** Null where extents are not known. */
  static @Nullable List<Value> of(Node node) {
    Pooling.AveragePool op = (Pooling.AveragePool) node.op();
    Shape x = node.input(0).shape();
    Shape y = node.output().shape();
    if (!x.isRanked() || !y.isRanked() || op.dilations().stream().allMatch(d -> d == 1)) {
      return null;
    }
    Shape inner = Shape.of(x.dims().subList(2, x.rank()));
    Shape outer = Shape.of(y.dims().subList(2, y.rank()));
    return inner.isFixed() && outer.isFixed()
        ? List.of(new RephrasedPooling(op, inner.fixed(), outer.fixed()).of(node.input(0)))
        : null;
  }

  private Value of(Value x) {
    int rank = extents.length;
    // A window that a rounded-up extent begins may end behind the padding.
    long[] pads = Arrays.copyOf(begins, 2 * rank);
    for (int i = 0; i < rank; i++) {
      pads[rank + i] = Math.max(ends[i], reach(i) - begins[i] - extents[i]);
    }
    long[] kernel = new long[rank + 2];
    Arrays.setAll(kernel, i -> i < 2 ? 1 : op.kernelShape().get(i - 2));
    Convolution.Conv sum =
        new Convolution.Conv(
            AutoPad.NOTSET,
            op.dilations(),
            1,
            op.kernelShape(),
            Arrays.stream(pads).boxed().toList(),
            op.strides());
    long[] flat = new long[rank + 2];
    Arrays.setAll(flat, i -> i == 0 ? -1 : i == 1 ? 1 : extents[i - 2]);
    Value ones = Value.constant(Tensor.full(x.element(), 1, kernel));
    Value sums = Value.of(sum, x.reshape(flat), ones);
    Value means = sums;
    for (int i = 0; i < rank; i++) {
      means = means.div(counts(i, x.element()));
    }
    List<Value> shape = new ArrayList<>(List.of(x.shapeOf().slice(0, 0, 2)));
    shape.add(Value.longs(results));
    return means.reshape(Value.concat(0, shape));
  }

  /** How far the last window reaches from the first one's begin. */
  private long reach(int axis) {
    long stride = op.strides().isEmpty() ? 1 : op.strides().get(axis);
    return (results[axis] - 1) * stride
        + (op.kernelShape().get(axis) - 1) * op.dilations().get(axis)
        + 1;
  }

  /** How many elements of each window count, along one axis. */
  private Value counts(int axis, ElementType element) {
    long stride = op.strides().isEmpty() ? 1 : op.strides().get(axis);
    long low = op.countIncludePad() ? -begins[axis] : 0;
    long high = extents[axis] + (op.countIncludePad() ? ends[axis] : 0);
    double[] counts = new double[(int) results[axis]];
    for (int i = 0; i < counts.length; i++) {
      for (int j = 0; j < op.kernelShape().get(axis); j++) {
        long at = i * stride - begins[axis] + j * op.dilations().get(axis);
        counts[i] += at >= low && at < high ? 1 : 0;
      }
    }
    long[] dims = new long[extents.length - axis];
    Arrays.fill(dims, 1);
    dims[0] = counts.length;
    return Value.constant(Tensor.from(element, counts, dims));
  }
}
