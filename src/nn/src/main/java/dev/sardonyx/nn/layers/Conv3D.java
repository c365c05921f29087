package dev.sardonyx.nn.layers;

/**
 * Filters that slide over volumes: [batch, depth, height, width, channels] becomes [batch, new
 * depth, new height, new width, filters]. See {@link ConvolutionLayer}.
 */
public final class Conv3D extends ConvolutionLayer<Conv3D> {
  Conv3D() {
    super(3);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize depth, height and width of a filter, or one number for all
   */
  public static Conv3D conv3d(long filters, long... kernelSize) {
    return new Conv3D().with(filters, kernelSize);
  }

  @Override
  Conv3D self() {
    return this;
  }
}
