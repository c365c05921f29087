package dev.sardonyx.ir;

/** Who decides how far the spatial axes are padded, and how. */
public enum AutoPad {
  /** The attribute {@code pads} does. */
  NOTSET,
  /**
   * As many windows as strides fit, the axis padded as they need; an odd element goes to the end.
   */
  SAME_UPPER,
  /** As {@link #SAME_UPPER}, an odd element goes to the beginning. */
  SAME_LOWER,
  /** There is no padding. */
  VALID;

  boolean isSame() {
    return this == SAME_UPPER || this == SAME_LOWER;
  }
}
