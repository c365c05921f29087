package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;

/**
 * A window that slides along one axis. Window {@code o} sees the elements {@code o*stride +
 * k*dilation - before} for {@code k} in {@code 0..kernel-1}; what lies outside the axis is padding.
 *
 * <p>The axis that it slides along is called wide, the axis that has one element a window narrow.
 *
 * @param kernel how many elements the window sees
 * @param stride how far the next window lies
 * @param dilation how far the elements that a window sees lie apart
 * @param before the padding in front of the axis; negative if the windows start inside it
 * @param after the padding behind the axis; negative if the windows are to end before its end
 */
record Window(long kernel, long stride, long dilation, long before, long after) {
  Window withPadding(long newBefore, long newAfter) {
    return new Window(kernel, stride, dilation, newBefore, newAfter);
  }

  /** Elements from the first to the last that one window sees. */
  long reach() {
    return Math.addExact(Math.multiplyExact(kernel - 1, dilation), 1);
  }

  /** The extent of the axis with its padding. */
  Dim padded(Dim wide) {
    return wide.plus(before).plus(after);
  }

  /** How many windows lie wholly within the padded axis. */
  Dim count(Dim wide) {
    return padded(wide).minus(reach()).floorDiv(stride).plus(1);
  }

  /**
   * How many windows there are with {@code ceil_mode}: the last one may run over the end, but
   * starts inside the axis or the padding in front of it (onnx/onnx#5741).
   */
  Dim countRoundedUp(Dim wide) {
    // min(⌈(wide + before + after - reach) / stride⌉ + 1, ⌈(wide + before) / stride⌉), in one.
    long over = Math.addExact(Math.subtractExact(after, reach()), stride);
    return wide.plus(before).plus(Math.min(0, over)).ceilDiv(stride);
  }

  /** The extent that {@code narrow} windows cover, less the padding. */
  Dim cover(Dim narrow) {
    return narrow.minus(1).times(stride).plus(reach()).minus(before).minus(after);
  }

  /** Elements at the end that no window sees; negative if the last window runs over the padding. */
  Dim rest(Dim wide, Dim narrow) {
    return wide.minus(cover(narrow));
  }
}
