package dev.sardonyx.nn.layers;

/**
 * Filters that slide over images: [batch, height, width, channels] becomes [batch, new height, new
 * width, filters]. See {@link ConvolutionLayer}.
 */
public final class Conv2D extends ConvolutionLayer<Conv2D> {
  Conv2D() {
    super(2);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize height and width of a filter, or one number for both
   */
  public static Conv2D conv2d(long filters, long... kernelSize) {
    return new Conv2D().with(filters, kernelSize);
  }

  @Override
  Conv2D self() {
    return this;
  }
}
