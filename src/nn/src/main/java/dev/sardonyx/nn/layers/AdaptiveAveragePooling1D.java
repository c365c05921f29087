package dev.sardonyx.nn.layers;

/** The mean of windows of sequences [batch, length, channels], whose number is given. */
public final class AdaptiveAveragePooling1D extends AdaptivePoolingLayer<AdaptiveAveragePooling1D> {
  AdaptiveAveragePooling1D() {
    super(1);
  }

  /** As many windows along each axis; one number is for all. */
  public static AdaptiveAveragePooling1D adaptiveAveragePooling1d(long... outputSize) {
    return new AdaptiveAveragePooling1D().with(outputSize);
  }

  @Override
  AdaptiveAveragePooling1D self() {
    return this;
  }

  @Override
  AdaptiveWindows.Pool pool() {
    return AdaptiveWindows.Pool.MEAN;
  }
}
