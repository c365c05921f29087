package dev.sardonyx.nn.layers;

/**
 * Filters that slide over images of a fixed size, each place with its own: [batch, height, width,
 * channels] becomes [batch, new height, new width, filters]. See {@link LocallyConnectedLayer}.
 */
public final class LocallyConnected2D extends LocallyConnectedLayer<LocallyConnected2D> {
  LocallyConnected2D() {
    super(2);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize height and width of a filter, or one number for both
   */
  public static LocallyConnected2D locallyConnected2d(long filters, long... kernelSize) {
    return new LocallyConnected2D().with(filters, kernelSize);
  }

  @Override
  LocallyConnected2D self() {
    return this;
  }
}
