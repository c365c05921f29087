package dev.sardonyx.ir;

import dev.sardonyx.ir.Resampling.AspectRatio;
import dev.sardonyx.ir.Resampling.Coordinates;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The extents that Resize gives. */
final class ResizeShape {
  static final int ROI = 1;
  static final int SCALES = 2;
  static final int SIZES = 3;

  /** Products of greater numbers are not exact in float32, in which ONNX Runtime reckons. */
  private static final int EXACT_BITS = 8;

  private final Inference in;
  private final Resampling.Resize op;
  private final Shape x;

  ResizeShape(Inference in, Resampling.Resize op) {
    this.in = in;
    this.op = op;
    this.x = in.shape(0);
  }

  Shape result() {
    checkOneOfTwo();
    if (!x.isRanked()) {
      return x;
    }
    int[] axes = axes();
    checkRoi(axes.length);
    return isGiven(in, SIZES) ? bySizes(axes) : byScales(axes);
  }

  /** Whether an input is there; an empty one is not. */
  private static boolean isGiven(Inference in, int i) {
    return in.has(i) && !in.shape(i).size().is(0);
  }

  private void checkOneOfTwo() {
    boolean scales = isGiven(in, SCALES);
    boolean sizes = isGiven(in, SIZES);
    if (scales == sizes) {
      throw in.fail(
          "ATTR-042",
          scales ? "has both scales and sizes" : "has neither scales nor sizes",
          "give one of them");
    }
  }

  private int[] axes() {
    if (op.axes().isEmpty()) {
      return IntStream.range(0, x.rank()).toArray();
    }
    List<Dim> listed = op.axes().stream().map(Dim::of).toList();
    int[] axes = Vectors.axes(in, listed, x.rank());
    return axes == null ? new int[0] : axes;
  }

  private void checkRoi(int axes) {
    if (op.coordinateTransformationMode() != Coordinates.TF_CROP_AND_RESIZE) {
      return;
    }
    in.value(ROI);
    checkLength(ROI, 2 * axes);
  }

  private void checkLength(int i, int expected) {
    Shape shape = in.shape(i);
    if (shape.isRanked() && shape.rank() != 1) {
      throw in.fail(
          "SHAPE-020",
          "takes a vector as %s, got rank %s".formatted(in.schema().inputName(i), shape.rank()),
          "give it the shape [n]");
    }
    if (shape.isRanked() && shape.dim(0).isFixed() && !shape.dim(0).is(expected)) {
      throw in.fail(
          "SHAPE-024",
          "needs a vector of length %s as %s, got %s"
              .formatted(expected, in.schema().inputName(i), shape.dim(0)),
          "its length goes with the axes it is for");
    }
  }

  private Shape bySizes(int[] axes) {
    checkLength(SIZES, axes.length);
    List<Dim> sizes = Vectors.int64s(in, SIZES);
    if (sizes != null) {
      Vectors.requireExtents(in, SIZES, sizes);
    }
    List<Dim> dims = new ArrayList<>(x.dims());
    Double scale = op.keepAspectRatioPolicy() == AspectRatio.STRETCH ? null : scale(axes, sizes);
    for (int i = 0; i < axes.length; i++) {
      Dim size = sizes == null ? Dim.UNKNOWN : sizes.get(i);
      if (op.keepAspectRatioPolicy() != AspectRatio.STRETCH) {
        Dim extent = x.dim(axes[i]);
        size =
            scale == null ? Dim.UNKNOWN : Dim.of((long) Math.floor(scale * extent.value() + 0.5));
      }
      dims.set(axes[i], size);
    }
    return Shape.of(dims);
  }

  /** The one scale of all axes that keeps their ratio; null where it is not known. */
  private @Nullable Double scale(int[] axes, @Nullable List<Dim> sizes) {
    boolean larger = op.keepAspectRatioPolicy() == AspectRatio.NOT_SMALLER;
    double scale = larger ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < axes.length; i++) {
      Dim extent = x.dim(axes[i]);
      if (sizes == null || !sizes.get(i).isFixed() || !extent.isFixed() || extent.is(0)) {
        return null;
      }
      double own = (float) sizes.get(i).value() / (float) extent.value();
      scale = larger ? Math.max(scale, own) : Math.min(scale, own);
    }
    return scale;
  }

  private Shape byScales(int[] axes) {
    checkLength(SCALES, axes.length);
    Tensor scales = in.constant(SCALES);
    List<Dim> dims = new ArrayList<>(x.dims());
    for (int i = 0; i < axes.length; i++) {
      Dim extent = x.dim(axes[i]);
      dims.set(axes[i], scales == null ? Dim.UNKNOWN : scaled(extent, scales.getDouble(i)));
    }
    return Shape.of(dims);
  }

  private Dim scaled(Dim extent, double scale) {
    if (!(scale > 0)) {
      throw in.fail(
          "SHAPE-075", "has the scale " + scale, "scales are greater than 0; below 1 they shrink");
    }
    if (scale == 1) {
      return extent;
    }
    if (extent.isFixed()) {
      return Dim.of((long) Math.floor((float) scale * (float) extent.value()));
    }
    for (int bits = 0; bits <= EXACT_BITS; bits++) {
      double times = scale * (1L << bits);
      if (times == Math.rint(times) && times < 1L << EXACT_BITS) {
        return extent.times((long) times).floorDiv(1L << bits);
      }
    }
    return Dim.UNKNOWN;
  }
}
