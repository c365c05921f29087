package dev.sardonyx.nn.layers;

/**
 * A convolution backwards, which enlarges images: [batch, height, width, channels] becomes [batch,
 * new height, new width, filters]. See {@link TransposedConvolutionLayer}.
 */
public final class Conv2DTranspose extends TransposedConvolutionLayer<Conv2DTranspose> {
  Conv2DTranspose() {
    super(2);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize height and width of a filter, or one number for both
   */
  public static Conv2DTranspose conv2dTranspose(long filters, long... kernelSize) {
    return new Conv2DTranspose().with(filters, kernelSize);
  }

  @Override
  Conv2DTranspose self() {
    return this;
  }
}
