package dev.sardonyx.nn.layers;

/**
 * The greatest element of windows of images [batch, height, width, channels], whose number is
 * given.
 */
public final class AdaptiveMaxPooling2D extends AdaptivePoolingLayer<AdaptiveMaxPooling2D> {
  AdaptiveMaxPooling2D() {
    super(2);
  }

  /** As many windows along each axis; one number is for all. */
  public static AdaptiveMaxPooling2D adaptiveMaxPooling2d(long... outputSize) {
    return new AdaptiveMaxPooling2D().with(outputSize);
  }

  @Override
  AdaptiveMaxPooling2D self() {
    return this;
  }

  @Override
  AdaptiveWindows.Pool pool() {
    return AdaptiveWindows.Pool.MAX;
  }
}
