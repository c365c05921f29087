package dev.sardonyx.nn.layers;

/** A convolutional LSTM over sequences of signals, Shi et al. 2015. */
public final class ConvLSTM1D extends ConvLSTM<ConvLSTM1D> {
  ConvLSTM1D() {
    super(1);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize the extents of a filter, or one number for all
   */
  public static ConvLSTM1D convLSTM1D(long filters, long... kernelSize) {
    return new ConvLSTM1D().sized(filters, kernelSize);
  }

  @Override
  public ConvLSTM1D self() {
    return this;
  }
}
