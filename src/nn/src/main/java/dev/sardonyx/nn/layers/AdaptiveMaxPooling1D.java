package dev.sardonyx.nn.layers;

/**
 * The greatest element of windows of sequences [batch, length, channels], whose number is given.
 */
public final class AdaptiveMaxPooling1D extends AdaptivePoolingLayer<AdaptiveMaxPooling1D> {
  AdaptiveMaxPooling1D() {
    super(1);
  }

  /** As many windows along each axis; one number is for all. */
  public static AdaptiveMaxPooling1D adaptiveMaxPooling1d(long... outputSize) {
    return new AdaptiveMaxPooling1D().with(outputSize);
  }

  @Override
  AdaptiveMaxPooling1D self() {
    return this;
  }

  @Override
  AdaptiveWindows.Pool pool() {
    return AdaptiveWindows.Pool.MAX;
  }
}
