package dev.sardonyx.nn.layers;

/** A convolutional LSTM over sequences of images, Shi et al. 2015. */
public final class ConvLSTM2D extends ConvLSTM<ConvLSTM2D> {
  ConvLSTM2D() {
    super(2);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize the extents of a filter, or one number for all
   */
  public static ConvLSTM2D convLSTM2D(long filters, long... kernelSize) {
    return new ConvLSTM2D().sized(filters, kernelSize);
  }

  @Override
  public ConvLSTM2D self() {
    return this;
  }
}
