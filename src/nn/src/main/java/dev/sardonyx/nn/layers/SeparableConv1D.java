package dev.sardonyx.nn.layers;

/**
 * A depthwise convolution over sequences and one that mixes channels: [batch, length, channels]
 * becomes [batch, new length, filters]. See {@link SeparableConvolutionLayer}.
 */
public final class SeparableConv1D extends SeparableConvolutionLayer<SeparableConv1D> {
  SeparableConv1D() {
    super(1);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize steps that a filter sees
   */
  public static SeparableConv1D separableConv1d(long filters, long... kernelSize) {
    return new SeparableConv1D().with(filters, kernelSize);
  }

  @Override
  SeparableConv1D self() {
    return this;
  }
}
