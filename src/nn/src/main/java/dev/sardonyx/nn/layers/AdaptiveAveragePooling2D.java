package dev.sardonyx.nn.layers;

/** The mean of windows of images [batch, height, width, channels], whose number is given. */
public final class AdaptiveAveragePooling2D extends AdaptivePoolingLayer<AdaptiveAveragePooling2D> {
  AdaptiveAveragePooling2D() {
    super(2);
  }

  /** As many windows along each axis; one number is for all. */
  public static AdaptiveAveragePooling2D adaptiveAveragePooling2d(long... outputSize) {
    return new AdaptiveAveragePooling2D().with(outputSize);
  }

  @Override
  AdaptiveAveragePooling2D self() {
    return this;
  }

  @Override
  AdaptiveWindows.Pool pool() {
    return AdaptiveWindows.Pool.MEAN;
  }
}
