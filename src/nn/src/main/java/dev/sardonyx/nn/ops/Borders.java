package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;

/** Images with zeros around them, and without their borders. */
final class Borders {
  private Borders() {}

  private static int height(OpCall call, Value x) {
    return x.shape().rank() - (NnWindows.lastChannels(call) ? 3 : 2);
  }

  /** Of two sides and the extent that results, two are given. */
  static Value pad(OpCall call) {
    Value x = call.value("images");
    int rank = x.shape().rank();
    long[] pads = new long[2 * rank];
    pad(call, x, pads, height(call, x), "top_padding", "bottom_padding", "target_height");
    pad(call, x, pads, height(call, x) + 1, "left_padding", "right_padding", "target_width");
    return x.pad(pads, 0);
  }

  private static void pad(
      OpCall call, Value x, long[] pads, int axis, String before, String after, String target) {
    int end = pads.length / 2 + axis;
    if (call.has(before) && call.has(after)) {
      pads[axis] = call.integer(before);
      pads[end] = call.integer(after);
      return;
    }
    long more = call.integer(target) - Sizes.fixed(call, x, axis);
    pads[axis] = call.has(before) ? call.integer(before) : more - call.integer(after);
    pads[end] = more - pads[axis];
    if (pads[axis] < 0 || pads[end] < 0) {
      throw call.refuse("pads %s to less than it has".formatted(x.type()), "raise " + target);
    }
  }

  static Value crop(OpCall call) {
    Value x = call.value("images");
    int height = height(call, x);
    Value rows = crop(call, x, height, "top_cropping", "bottom_cropping", "target_height");
    return crop(call, rows, height + 1, "left_cropping", "right_cropping", "target_width");
  }

  private static Value crop(
      OpCall call, Value x, int axis, String before, String after, String target) {
    if (call.has(before)) {
      long start = call.integer(before);
      long end =
          call.has(target)
              ? start + call.integer(target)
              : call.integer(after) == 0 ? Long.MAX_VALUE : -call.integer(after);
      return x.slice(axis, start, end);
    }
    long less = call.integer(after);
    long length = call.integer(target);
    return x.slice(axis, -(less + length), less == 0 ? Long.MAX_VALUE : -less);
  }
}
