package dev.sardonyx.nn.layers;

/**
 * Filters that slide over sequences of a fixed size, each place with its own: [batch, length,
 * channels] becomes [batch, new length, filters]. See {@link LocallyConnectedLayer}.
 */
public final class LocallyConnected1D extends LocallyConnectedLayer<LocallyConnected1D> {
  LocallyConnected1D() {
    super(1);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize steps that a filter sees
   */
  public static LocallyConnected1D locallyConnected1d(long filters, long... kernelSize) {
    return new LocallyConnected1D().with(filters, kernelSize);
  }

  @Override
  LocallyConnected1D self() {
    return this;
  }
}
