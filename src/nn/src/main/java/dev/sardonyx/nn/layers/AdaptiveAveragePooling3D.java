package dev.sardonyx.nn.layers;

/**
 * The mean of windows of volumes [batch, depth, height, width, channels], whose number is given.
 */
public final class AdaptiveAveragePooling3D extends AdaptivePoolingLayer<AdaptiveAveragePooling3D> {
  AdaptiveAveragePooling3D() {
    super(3);
  }

  /** As many windows along each axis; one number is for all. */
  public static AdaptiveAveragePooling3D adaptiveAveragePooling3d(long... outputSize) {
    return new AdaptiveAveragePooling3D().with(outputSize);
  }

  @Override
  AdaptiveAveragePooling3D self() {
    return this;
  }

  @Override
  AdaptiveWindows.Pool pool() {
    return AdaptiveWindows.Pool.MEAN;
  }
}
