package dev.sardonyx.nn.layers;

/**
 * A depthwise convolution over images and one that mixes channels: [batch, height, width, channels]
 * becomes [batch, new height, new width, filters]. See {@link SeparableConvolutionLayer}.
 */
public final class SeparableConv2D extends SeparableConvolutionLayer<SeparableConv2D> {
  SeparableConv2D() {
    super(2);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize height and width of a filter, or one number for both
   */
  public static SeparableConv2D separableConv2d(long filters, long... kernelSize) {
    return new SeparableConv2D().with(filters, kernelSize);
  }

  @Override
  SeparableConv2D self() {
    return this;
  }
}
