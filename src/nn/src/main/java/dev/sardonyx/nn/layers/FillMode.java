package dev.sardonyx.nn.layers;

/** What lies outside of an image that is turned, moved or bent. */
public enum FillMode {
  /** The image mirrored at its edges. */
  REFLECT,
  /** One value. */
  CONSTANT,
  /** The image again. */
  WRAP,
  /** The nearest pixel. */
  NEAREST
}
