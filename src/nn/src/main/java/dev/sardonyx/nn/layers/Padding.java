package dev.sardonyx.nn.layers;

/** What happens at the border of an image, a sequence or a volume. */
public enum Padding {
  /** Windows stay inside. */
  VALID,
  /**
   * The input is padded so that the result has ⌈size / stride⌉ windows; the odd element goes to the
   * end of the axis, as in TensorFlow.
   */
  SAME,
  /**
   * Sequences only: zeros go in front, as many as a window reaches back, so that no element of the
   * result sees what comes after it.
   */
  CAUSAL
}
