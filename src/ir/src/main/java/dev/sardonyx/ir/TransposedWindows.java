package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ConvTranspose's windows: its input is the narrow side, its result the wide one. The formulas are
 * the standard's, except that the result is never padded to reach an extent, as in ONNX Runtime.
 */
record TransposedWindows(Windows windows, List<Long> outputPadding, List<Long> outputShape) {
  void check(Inference in) {
    List<Window> axes = windows.axes();
    Windows.checkList(in, "output_padding", outputPadding, 0, axes.size());
    Windows.checkList(in, "output_shape", outputShape, 1, axes.size());
    for (int i = 0; i < outputPadding.size(); i++) {
      long bound = Math.max(axes.get(i).stride(), axes.get(i).dilation());
      if (outputPadding.get(i) >= bound) {
        throw in.fail(
            "ATTR-043",
            "has the output padding %s for stride %s and dilation %s"
                .formatted(outputPadding.get(i), axes.get(i).stride(), axes.get(i).dilation()),
            "it only settles what the stride leaves open; it must be below " + bound);
      }
    }
  }

  /** The result's extent without any padding taken off. */
  private Dim full(int i, Dim narrow) {
    Window bare = windows.axes().get(i).withPadding(0, 0);
    return bare.cover(narrow).plus(outputPadding.isEmpty() ? 0 : outputPadding.get(i));
  }

  /** The window with its padding; null if that takes the input's extent. */
  @Nullable Window window(int i, Dim narrow) {
    Window w = windows.axes().get(i);
    Dim wanted = wanted(i, narrow);
    if (wanted == null) {
      return w;
    }
    Dim surplus = full(i, narrow).minus(wanted);
    if (!surplus.isFixed()) {
      return null;
    }
    long total = Math.max(0, surplus.value());
    long before = windows.autoPad() == AutoPad.SAME_UPPER ? total / 2 : total - total / 2;
    return w.withPadding(before, total - before);
  }

  private @Nullable Dim wanted(int i, Dim narrow) {
    if (!outputShape.isEmpty()) {
      return Dim.of(outputShape.get(i));
    }
    return windows.autoPad().isSame() ? narrow.times(windows.axes().get(i).stride()) : null;
  }

  /** The result's extent. */
  Dim result(Inference in, int i, Dim narrow) {
    Dim full = full(i, narrow);
    if (!outputShape.isEmpty()) {
      return reachable(in, i, full);
    }
    Window w = windows.axes().get(i);
    Dim wanted = wanted(i, narrow);
    Dim result = wanted != null ? wanted.min(full) : full.minus(w.before()).minus(w.after());
    if (result.isFixed() && result.value() < 1) {
      throw in.fail(
          "SHAPE-045",
          "pads away all of a result of %s with %s and %s".formatted(full, w.before(), w.after()),
          "the padding of a transposed convolution is cut off its result: make it smaller");
    }
    return result;
  }

  private Dim reachable(Inference in, int i, Dim full) {
    long asked = outputShape.get(i);
    long stride = windows.axes().get(i).stride();
    if (full.isFixed() && asked - full.value() >= stride) {
      throw in.fail(
          "ATTR-044",
          "cannot reach the output shape %s from an extent of %s".formatted(asked, full),
          "with stride %s at most %s".formatted(stride, full.value() + stride - 1));
    }
    return Dim.of(asked);
  }
}
