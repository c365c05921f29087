package dev.sardonyx.nn.layers;

/** What happens at the border of an image. */
public enum Padding {
  /** Windows stay inside the image. */
  VALID,
  /**
   * The image is padded so that the result has ⌈size / stride⌉ windows; the odd element goes to the
   * bottom and the right, as in TensorFlow.
   */
  SAME
}
