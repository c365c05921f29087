package dev.sardonyx.nn.layers;

/**
 * The greatest element of windows of volumes [batch, depth, height, width, channels], whose number
 * is given.
 */
public final class AdaptiveMaxPooling3D extends AdaptivePoolingLayer<AdaptiveMaxPooling3D> {
  AdaptiveMaxPooling3D() {
    super(3);
  }

  /** As many windows along each axis; one number is for all. */
  public static AdaptiveMaxPooling3D adaptiveMaxPooling3d(long... outputSize) {
    return new AdaptiveMaxPooling3D().with(outputSize);
  }

  @Override
  AdaptiveMaxPooling3D self() {
    return this;
  }

  @Override
  AdaptiveWindows.Pool pool() {
    return AdaptiveWindows.Pool.MAX;
  }
}
