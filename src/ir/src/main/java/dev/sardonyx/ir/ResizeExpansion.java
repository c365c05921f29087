package dev.sardonyx.ir;

import dev.sardonyx.ir.Resampling.AspectRatio;
import dev.sardonyx.ir.Resampling.Coordinates;
import dev.sardonyx.ir.Resampling.Interpolation;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Resize, one axis after the other: a Gather of the nearest, else a product with a matrix that
 * holds each element's weights.
 */
final class ResizeExpansion {
  private final Resampling.Resize op;
  private final Expansion e;
  private final int[] axes;
  private final Shape from;
  private final Shape to;
  private final @Nullable Tensor scales;
  private final @Nullable Tensor roi;

  private ResizeExpansion(Expansion e, Resampling.Resize op) {
    this.op = op;
    this.e = e;
    this.from = e.shape(0);
    this.to = e.node().output().shape();
    int rank = from.rank();
    this.axes =
        op.axes().isEmpty()
            ? IntStream.range(0, rank).toArray()
            : op.axes().stream().mapToInt(a -> (int) (a < 0 ? a + rank : a)).toArray();
    this.scales = given(ResizeShape.SIZES) ? null : e.x(ResizeShape.SCALES).constant();
    this.roi = e.has(ResizeShape.ROI) ? e.x(ResizeShape.ROI).constant() : null;
  }

  /** The result; null where ranks are not known, or pixels cannot be weighed. */
  static @Nullable List<@Nullable Value> of(Expansion e, Resampling.Resize op) {
    if (!e.shape(0).isRanked() || !e.node().output().shape().isRanked()) {
      return null;
    }
    ResizeExpansion expansion = new ResizeExpansion(e, op);
    Value y = expansion.result();
    if (y == null) {
      boolean bySizes = expansion.given(ResizeShape.SIZES);
      y = new ResizeSteps(e, op, expansion.axes, bySizes).result();
    }
    return y == null ? null : List.of(y);
  }

  private boolean given(int i) {
    return e.has(i) && !e.shape(i).size().is(0);
  }

  /** The result; null unless the extents and scales of all axes that change are known. */
  private @Nullable Value result() {
    boolean nearest = op.mode() == Interpolation.NEAREST;
    ElementType element = e.element(0);
    boolean crops = op.coordinateTransformationMode() == Coordinates.TF_CROP_AND_RESIZE;
    boolean unknown = scales == null && !given(ResizeShape.SIZES) || crops && roi == null;
    if (unknown || !nearest && !element.isFloat()) {
      return null;
    }
    Value y = e.x();
    for (int i = 0; i < axes.length; i++) {
      if (from.dim(axes[i]).provablySame(to.dim(axes[i])) && !crops && isUnscaled(i)) {
        continue;
      }
      if (!from.dim(axes[i]).isFixed() || !to.dim(axes[i]).isFixed()) {
        return null;
      }
      ResizeAxis axis = axis(i);
      y = nearest ? y.gather(Value.longs(axis.nearest()), axes[i]) : weighed(y, axis, axes[i]);
      if (axis.isOutside() != null) {
        y = extrapolated(y, axis.isOutside(), axes[i]);
      }
    }
    return y;
  }

  private boolean isUnscaled(int i) {
    return scales == null || scales.getDouble(i) == 1;
  }

  private ResizeAxis axis(int i) {
    long wide = from.dim(axes[i]).value();
    long narrow = to.dim(axes[i]).value();
    double start = roi == null || roi.size() == 0 ? 0 : roi.getDouble(i);
    double end = roi == null || roi.size() == 0 ? 1 : roi.getDouble(axes.length + i);
    return ResizeAxis.of(op, wide, narrow, scale(i), start, end);
  }

  private double scale(int i) {
    if (scales != null) {
      return scales.getDouble(i);
    }
    if (op.keepAspectRatioPolicy() == AspectRatio.STRETCH) {
      return (double) to.dim(axes[i]).value() / from.dim(axes[i]).value();
    }
    long[] sizes = e.x(ResizeShape.SIZES).constant() == null ? new long[0] : sizes();
    double[] all =
        IntStream.range(0, sizes.length)
            .mapToDouble(k -> (double) sizes[k] / from.dim(axes[k]).value())
            .toArray();
    return op.keepAspectRatioPolicy() == AspectRatio.NOT_LARGER
        ? Arrays.stream(all).min().orElse(1)
        : Arrays.stream(all).max().orElse(1);
  }

  private long[] sizes() {
    return Objects.requireNonNull(e.x(ResizeShape.SIZES).constant()).toLongArray();
  }

  private static Value weighed(Value x, ResizeAxis axis, int at) {
    int rank = x.shape().rank();
    double[][] weights = axis.weights();
    int rows = weights.length;
    int columns = rows == 0 ? 0 : weights[0].length;
    double[] flat = new double[rows * columns];
    boolean left = at == rank - 2;
    for (int i = 0; i < flat.length; i++) {
      flat[i] = left ? weights[i / columns][i % columns] : weights[i % rows][i / rows];
    }
    long[] dims = left ? new long[] {rows, columns} : new long[] {columns, rows};
    Value matrix = Value.constant(Tensor.from(x.element(), flat, dims));
    if (left) {
      return matrix.matMul(x);
    }
    if (at == rank - 1) {
      return x.matMul(matrix);
    }
    long[] last =
        LongStream.range(0, rank).map(i -> i == at ? rank - 1 : i == rank - 1 ? at : i).toArray();
    return x.transpose(last).matMul(matrix).transpose(last);
  }

  private Value extrapolated(Value y, boolean[] outside, int at) {
    long[] dims = new long[y.shape().rank() - at];
    Arrays.fill(dims, 1);
    dims[0] = outside.length;
    Value mask = Value.constant(Tensor.of(outside, dims));
    return mask.where(y.scalar(op.extrapolationValue()), y);
  }
}
