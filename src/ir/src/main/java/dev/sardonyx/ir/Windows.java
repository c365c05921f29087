package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The windows of Conv, ConvTranspose and the pools, one for each spatial axis, and the arithmetic
 * of {@code auto_pad}. The formulas are the standard's; where they differ, ONNX Runtime's.
 */
record Windows(AutoPad autoPad, List<Window> axes) {
  private static final String AXES_HELP =
      "spatial axes are all but the first two; pads lists all beginnings, then all ends";

  /** Windows of checked attributes; empty lists stand for their defaults. */
  static Windows of(
      AutoPad autoPad,
      List<Long> kernel,
      List<Long> strides,
      List<Long> dilations,
      List<Long> pads) {
    List<Window> axes = new ArrayList<>();
    int n = kernel.size();
    for (int i = 0; i < n; i++) {
      boolean explicit = autoPad == AutoPad.NOTSET && !pads.isEmpty();
      axes.add(
          new Window(
              kernel.get(i),
              strides.isEmpty() ? 1 : strides.get(i),
              dilations.isEmpty() ? 1 : dilations.get(i),
              explicit ? pads.get(i) : 0,
              explicit ? pads.get(n + i) : 0));
    }
    return new Windows(autoPad, axes);
  }

  /** Refuses attributes that do not describe windows over {@code rank} axes. */
  static void check(
      Inference in,
      int rank,
      List<Long> kernel,
      List<Long> strides,
      List<Long> dilations,
      List<Long> pads) {
    checkList(in, "kernel_shape", kernel, 1, rank);
    checkList(in, "strides", strides, 1, rank);
    checkList(in, "dilations", dilations, 1, rank);
    checkList(in, "pads", pads, 0, 2 * rank);
  }

  /** Refuses a list that is neither absent nor of {@code size} numbers from {@code least} on. */
  static void checkList(Inference in, String name, List<Long> values, long least, int size) {
    if (!values.isEmpty() && values.size() != size) {
      throw in.fail(
          "ATTR-040",
          "needs %s of length %s, got length %s".formatted(name, size, values.size()),
          AXES_HELP);
    }
    for (long value : values) {
      if (value < least) {
        throw in.fail(
            "ATTR-004", "has %s in %s".formatted(value, name), "the least it takes is " + least);
      }
    }
  }

  /** Refuses, for Conv and ConvTranspose, explicit padding beside {@code auto_pad}. */
  static void checkOnePadding(Inference in, AutoPad autoPad, List<Long> pads) {
    if (autoPad != AutoPad.NOTSET && !pads.isEmpty()) {
      throw in.fail(
          "ATTR-042",
          "has both auto_pad=%s and pads=%s".formatted(autoPad, pads),
          "remove one of them");
    }
  }

  /** Spatial axis {@code i} of a shape [N,C,…]. */
  static Dim spatial(List<Dim> dims, int i) {
    return dims.get(i + 2);
  }

  /** A convolution's window with its padding for an axis; null if that takes its extent. */
  @Nullable Window convolving(int i, Dim wide) {
    Window w = axes.get(i);
    return autoPad.isSame() ? same(w, wide, w.reach(), 0) : w;
  }

  /**
   * A pool's window with its padding for an axis; null if that takes its extent. ONNX Runtime
   * ignores dilation here, and skips elements at the beginning where windows are further apart than
   * they are long.
   */
  @Nullable Window pooling(int i, Dim wide) {
    Window w = axes.get(i);
    return autoPad.isSame() ? same(w, wide, w.kernel(), Long.MIN_VALUE) : w;
  }

  private @Nullable Window same(Window w, Dim wide, long reach, long least) {
    Dim needed = wide.ceilDiv(w.stride()).minus(1).times(w.stride()).plus(reach).minus(wide);
    if (!needed.isFixed()) {
      return null;
    }
    long total = Math.max(least, needed.value());
    long before = (autoPad == AutoPad.SAME_LOWER ? total + 1 : total) / 2;
    return w.withPadding(before, total - before);
  }

  /** The extent of a convolution's result. */
  Dim convolved(Inference in, int i, Dim wide) {
    Window w = convolving(i, wide);
    return w == null ? wide.ceilDiv(axes.get(i).stride()) : fitting(in, w, wide).count(wide);
  }

  /** The extent of a pool's result. */
  Dim pooled(Inference in, int i, Dim wide, boolean ceilMode) {
    Window w = pooling(i, wide);
    if (w != null) {
      Dim rounded = w.countRoundedUp(wide);
      // A window that runs over the end is none too many as long as there is one.
      return ceilMode && !(rounded.isFixed() && rounded.value() < 1)
          ? rounded
          : fitting(in, w, wide).count(wide);
    }
    Window open = axes.get(i);
    long lost = open.reach() - open.kernel();
    Dim fewer =
        ceilMode ? Dim.of(lost).floorDiv(open.stride()) : Dim.of(lost).ceilDiv(open.stride());
    return wide.ceilDiv(open.stride()).minus(fewer);
  }

  private static Window fitting(Inference in, Window w, Dim wide) {
    Dim padded = w.padded(wide);
    if (padded.isFixed() && padded.value() < w.reach()) {
      throw in.fail(
          "SHAPE-044",
          "has windows of %s on an axis of %s, padding included".formatted(w.reach(), padded),
          "make the kernel or its dilation smaller, or pad the input");
    }
    return w;
  }

  /** The windows with their padding, for each axis by {@code pad}; null if one is not known. */
  @Nullable List<Window> resolve(List<Dim> wide, BiFunction<Integer, Dim, @Nullable Window> pad) {
    List<Window> resolved = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      Window w = pad.apply(i, spatial(wide, i));
      if (w == null) {
        return null;
      }
      resolved.add(w);
    }
    return resolved;
  }
}
