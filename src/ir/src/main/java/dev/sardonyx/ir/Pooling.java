package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** One number for each window over the spatial axes of [N,C,…], each channel by itself. */
public sealed interface Pooling extends Op {
  /**
   * The greatest element of each window; padding never wins. The gradient goes to the first of
   * equals, as in PyTorch.
   *
   * <p>The second result, if asked for, holds the winners' places in the flattened input.
   *
   * @param ceilMode whether a last window may run over the end
   * @param storageOrder whether the places count columns first; they do not otherwise
   */
  @Onnx(since = 22, from = 8, outputs = "Y Indices?")
  record MaxPool(
      @Default("NOTSET") AutoPad autoPad,
      @Default("0") boolean ceilMode,
      List<Long> dilations,
      List<Long> kernelShape,
      List<Long> pads,
      @Default("0") boolean storageOrder,
      List<Long> strides)
      implements Pooling {
    @Override
    public List<Type> infer(Inference in) {
      check(in, kernelShape, strides, dilations, pads);
      Windows windows = Windows.of(autoPad, kernelShape, strides, dilations, pads);
      TensorType y = in.type(0).with(pooled(in, windows, ceilMode));
      return in.outputs() > 1 ? List.of(y, y.with(ElementType.INT64)) : List.of(y);
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      p.needsRank(0);
      return p.toFirst(new MaxPoolGradient(this, p).toInput());
    }
  }

  /**
   * The mean of each window.
   *
   * @param ceilMode whether a last window may run over the end; what lies behind the padding is not
   *     counted
   * @param countIncludePad whether padding counts, as zeros
   */
  @Onnx(since = 22, from = 7)
  record AveragePool(
      @Default("NOTSET") AutoPad autoPad,
      @Default("0") boolean ceilMode,
      @Default("0") boolean countIncludePad,
      List<Long> dilations,
      List<Long> kernelShape,
      List<Long> pads,
      List<Long> strides)
      implements Pooling {
    @Override
    public List<Type> infer(Inference in) {
      check(in, kernelShape, strides, dilations, pads);
      return List.of(in.type(0).with(pooled(in, windows(), ceilMode)));
    }

    private Windows windows() {
      return Windows.of(autoPad, kernelShape, strides, dilations, pads);
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      p.needsRank(0);
      List<Window> resolved = windows().resolve(p.x().shape().dims(), windows()::pooling);
      if (resolved == null) {
        Since since = Since.now();
        return p.through(List.of(padded(p.x())), since);
      }
      Correlation c = Correlation.of(p, 1, resolved);
      Value dx = new AveragePoolGradient(c, countIncludePad, ceilMode).toInput(p.x(), p.dy());
      return p.toFirst(dx);
    }

    /** The means over an input that was padded before, for padding known at run time only. */
    private Value padded(Value x) {
      Op plain =
          new AveragePool(
              AutoPad.NOTSET, ceilMode, true, dilations, kernelShape, List.of(), strides);
      SamePadding padding = new SamePadding(windows(), true);
      Value means = Value.of(plain, padding.of(x));
      // What does not count lowers the mean of ones just as much.
      return countIncludePad ? means : means.div(Value.of(plain, padding.of(x.onesLike())));
    }
  }

  /** The mean over all spatial axes, which stay as 1. */
  @Onnx(since = 22, from = 1)
  record GlobalAveragePool() implements Pooling {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(global(in)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      p.needsRank(0);
      long[] spatial = LongStream.range(2, p.x().shape().rank()).toArray();
      return p.toFirst(p.dy().mul(Share.of(p.x(), spatial)).expandLike(p.x()));
    }
  }

  /** The greatest element over all spatial axes, which stay as 1; the first of equals wins. */
  @Onnx(since = 22, from = 1)
  record GlobalMaxPool() implements Pooling {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(global(in)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      p.needsRank(0);
      Value flat = p.x().reshape(0, 0, -1);
      Value winner = flat.argMax(2, true);
      Value dy = p.dy().reshape(0, 0, -1);
      Value dx = flat.zerosLike().scatterElements(winner, dy, 2, Indexing.ScatterReduction.NONE);
      return p.toFirst(dx.reshapeLike(p.x()));
    }
  }

  /**
   * The norm of each window: (Σ |x|ᵖ)^(1/p); padding counts as zeros.
   *
   * @param ceilMode whether a last window may run over the end
   */
  @Onnx(since = 22, from = 2)
  record LpPool(
      @Default("NOTSET") AutoPad autoPad,
      @Default("0") boolean ceilMode,
      List<Long> dilations,
      List<Long> kernelShape,
      @Default("2") long p,
      List<Long> pads,
      List<Long> strides)
      implements Pooling, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      check(in, kernelShape, strides, dilations, pads);
      checkNorm(in, p);
      return List.of(in.type(0).with(pooled(in, windows(), ceilMode)));
    }

    Windows windows() {
      return Windows.of(autoPad, kernelShape, strides, dilations, pads);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return NormPooling.expand(e, this);
    }
  }

  /** The norm over all spatial axes, which stay as 1: (Σ |x|ᵖ)^(1/p). */
  @Onnx(since = 22, from = 2)
  record GlobalLpPool(@Default("2") long p) implements Pooling, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      checkNorm(in, p);
      return List.of(in.type(0).with(global(in)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return NormPooling.expand(e, p);
    }
  }

  /**
   * Each element of X at the place that I, {@link MaxPool}'s second result, says; else zeros. The
   * places count elements of the smallest input that the pool could have had; a greater {@code
   * output_shape} adds zeros at the ends.
   */
  @Onnx(since = 22, from = 9, inputs = "X I output_shape?", outputs = "output")
  record MaxUnpool(List<Long> kernelShape, List<Long> pads, List<Long> strides)
      implements Pooling, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      check(in, kernelShape, strides, List.of(), pads);
      Vectors.requireInt64(in, 1);
      Shape x = in.shape(0);
      if (!x.isRanked()) {
        return List.of(in.type(0));
      }
      checkRank(in, x, kernelShape.size());
      List<Dim> given = in.has(2) ? Vectors.int64s(in, 2) : null;
      if (given != null) {
        Vectors.requireLength(in, 2, given, x.rank());
        Vectors.requireExtents(in, 2, given);
        List<Dim> known = new ArrayList<>(given);
        for (int i = 0; i < 2; i++) {
          known.set(i, given.get(i).isUnknown() ? x.dim(i) : given.get(i));
        }
        return List.of(in.type(0).with(Shape.of(known)));
      }
      List<Dim> dims = new ArrayList<>(x.dims());
      for (int i = 0; i < kernelShape.size(); i++) {
        Dim covered = windows().axes().get(i).cover(x.dim(i + 2));
        dims.set(i + 2, in.has(2) ? Dim.UNKNOWN : covered);
      }
      return List.of(in.type(0).with(Shape.of(dims)));
    }

    Windows windows() {
      return Windows.of(AutoPad.NOTSET, kernelShape, strides, List.of(), pads);
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      return Unpooling.expand(e, this);
    }
  }

  private static void checkNorm(Inference in, long p) {
    if (p < 1) {
      throw in.fail("ATTR-004", "has %s as p".formatted(p), "norms are those from p = 1 on");
    }
  }

  static void check(
      Inference in,
      List<Long> kernelShape,
      List<Long> strides,
      List<Long> dilations,
      List<Long> pads) {
    if (kernelShape.isEmpty()) {
      throw in.fail("ATTR-003", "misses its attribute kernel_shape", "it has no default");
    }
    Windows.check(in, kernelShape.size(), kernelShape, strides, dilations, pads);
  }

  private static void checkRank(Inference in, Shape x, int spatial) {
    if (x.rank() != spatial + 2) {
      throw in.fail(
          "SHAPE-042",
          "with a kernel of %s axes needs an input of rank %s, got rank %s"
              .formatted(spatial, spatial + 2, x.rank()),
          "the axes are batch, channels, then one spatial axis for each of the kernel's");
    }
  }

  private static Shape pooled(Inference in, Windows windows, boolean ceilMode) {
    return pooled(in, in.shape(0), windows, ceilMode);
  }

  /** The shape of a pool of {@code x}. */
  static Shape pooled(Inference in, Shape x, Windows windows, boolean ceilMode) {
    for (Window w : windows.axes()) {
      if (Math.max(w.before(), w.after()) >= w.kernel()) {
        throw in.fail(
            "ATTR-046",
            "has the padding %s for a kernel of %s"
                .formatted(Math.max(w.before(), w.after()), w.kernel()),
            "padding must be smaller than the kernel, or a window would see nothing else");
      }
    }
    int spatial = windows.axes().size();
    if (!x.isRanked()) {
      return x;
    }
    checkRank(in, x, spatial);
    List<Dim> dims = new ArrayList<>(x.dims().subList(0, 2));
    for (int i = 0; i < spatial; i++) {
      dims.add(windows.pooled(in, i, x.dim(i + 2), ceilMode));
    }
    return Shape.of(dims);
  }

  private static Shape global(Inference in) {
    Shape x = in.shape(0);
    if (!x.isRanked()) {
      return x;
    }
    if (x.rank() < 3) {
      throw in.fail(
          "SHAPE-042",
          "needs an input of rank 3 or more, got rank " + x.rank(),
          "the axes are batch, channels, then one or more spatial ones");
    }
    List<Dim> dims = new ArrayList<>(Collections.nCopies(x.rank(), Dim.ONE));
    dims.set(0, x.dim(0));
    dims.set(1, x.dim(1));
    return Shape.of(dims);
  }
}
