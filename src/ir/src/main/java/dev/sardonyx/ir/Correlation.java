package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What Conv and ConvTranspose have in common: windows with explicit padding that tie a narrow side
 * to a wide one. Each is the other's gradient; the pools are the case of a kernel of ones.
 */
record Correlation(List<Window> windows, long group) {
  /** The correlation of the node that {@code p} differentiates. */
  static Correlation of(Pullback p, long group, @Nullable List<Window> windows) {
    if (windows == null) {
      throw p.fail(
          "GRAD-042",
          "has a gradient only where its padding is known",
          "give its input fixed spatial extents, or set pads instead of auto_pad or output_shape");
    }
    return new Correlation(windows, group);
  }

  /** The spatial extents of the kernel of the node that {@code p} differentiates. */
  static List<Long> kernelOf(Pullback p, List<Long> kernelShape) {
    p.needsRank(0);
    p.needsRank(1);
    List<Dim> dims = p.x(1).shape().dims();
    List<Dim> spatial = dims.subList(2, dims.size());
    if (spatial.stream().allMatch(Dim::isFixed)) {
      return spatial.stream().map(Dim::value).toList();
    }
    if (kernelShape.isEmpty()) {
      throw p.fail(
          "GRAD-041",
          "has a gradient only where its kernel's spatial extents are known",
          "set kernel_shape, or reshape the kernel to fixed spatial extents");
    }
    return kernelShape;
  }

  List<Long> kernelShape() {
    return windows.stream().map(Window::kernel).toList();
  }

  List<Long> strides() {
    return windows.stream().map(Window::stride).toList();
  }

  List<Long> dilations() {
    return windows.stream().map(Window::dilation).toList();
  }

  /** Each narrow element is the sum over its window: Conv. */
  Value gather(Value wide, Value kernel) {
    LongStream before = windows.stream().mapToLong(Window::before);
    LongStream after = windows.stream().mapToLong(Window::after);
    List<Long> pads = LongStream.concat(before, after).boxed().toList();
    Op conv =
        new Convolution.Conv(AutoPad.NOTSET, dilations(), group, kernelShape(), pads, strides());
    return Value.of(conv, wide, kernel);
  }

  /**
   * Each narrow element is added to its window: ConvTranspose, or Conv with the kernel flipped.
   *
   * @param like gives the result's spatial extents
   */
  Value spread(Value narrow, Value kernel, Value like) {
    FlippedKernel flipped = new FlippedKernel(this, narrow, kernel, like);
    return flipped.wins() ? flipped.spread() : transposed(narrow, kernel, like);
  }

  private Value transposed(Value narrow, Value kernel, Value like) {
    int n = windows.size();
    long[] cut = new long[2 * n];
    long[] extra = new long[n];
    long[] zeros = new long[2 * (n + 2)];
    for (int i = 0; i < n; i++) {
      Window w = windows.get(i);
      Dim rest = w.rest(like.shape().dim(i + 2), narrow.shape().dim(i + 2));
      // Where the stride's rest is not known the result is made too long, and cropped.
      long open = rest.isFixed() ? rest.value() : w.stride() - 1;
      long after = w.after() - Math.min(0, open);
      extra[i] = Math.max(0, open);
      cut[i] = Math.max(0, w.before());
      cut[n + i] = Math.max(0, after);
      zeros[i + 2] = Math.max(0, -w.before());
      zeros[n + 2 + i + 2] = Math.max(0, -after);
    }
    Op transpose =
        new Convolution.ConvTranspose(
            AutoPad.NOTSET,
            dilations(),
            group,
            kernelShape(),
            boxed(extra),
            List.of(),
            boxed(cut),
            strides());
    Value spread = Value.of(transpose, narrow, kernel);
    boolean padded = Arrays.stream(zeros).anyMatch(z -> z > 0);
    return crop(padded ? spread.pad(zeros, 0) : spread, like);
  }

  private static List<Long> boxed(long[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** The beginning of each spatial axis of {@code value}, as long as that of {@code like}. */
  static Value crop(Value value, Value like) {
    Shape from = value.shape();
    Shape to = like.shape();
    List<Integer> longer = new ArrayList<>();
    for (int i = 2; i < to.rank(); i++) {
      if (!from.dim(i).provablySame(to.dim(i))) {
        longer.add(i);
      }
    }
    if (longer.isEmpty()) {
      return value;
    }
    Value ends = Extents.join(longer.stream().map(i -> Extents.axis(like, i)).toList());
    long[] axes = longer.stream().mapToLong(i -> i).toArray();
    Value cropped =
        Value.of(
            new Slicing.Slice(),
            value,
            Value.longs(new long[axes.length]),
            ends,
            Value.longs(axes));
    return told(cropped, like);
  }

  /** The same, with the type saying that the spatial extents are those of {@code like}. */
  private static Value told(Value value, Value like) {
    int rank = like.shape().rank();
    List<Dim> spatial = value.shape().dims().subList(2, rank);
    if (spatial.equals(like.shape().dims().subList(2, rank))) {
      return value;
    }
    Value shape = Extents.join(List.of(Extents.shape(value, 0, 2), Extents.shape(like, 2, rank)));
    return Value.of(new Layout.Reshape(true), value, shape);
  }
}
