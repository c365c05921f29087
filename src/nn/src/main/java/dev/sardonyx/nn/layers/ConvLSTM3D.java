package dev.sardonyx.nn.layers;

/** A convolutional LSTM over sequences of volumes, Shi et al. 2015. */
public final class ConvLSTM3D extends ConvLSTM<ConvLSTM3D> {
  ConvLSTM3D() {
    super(3);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize the extents of a filter, or one number for all
   */
  public static ConvLSTM3D convLSTM3D(long filters, long... kernelSize) {
    return new ConvLSTM3D().sized(filters, kernelSize);
  }

  @Override
  public ConvLSTM3D self() {
    return this;
  }
}
