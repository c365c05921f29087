package dev.sardonyx.nn.layers;

/**
 * Sequences [batch, length, channels] without some elements at the ends of their axes; by default
 * one at each.
 */
public final class Cropping1D extends CroppingLayer<Cropping1D> {
  Cropping1D() {
    super(1, 1);
  }

  /** One number for both ends, or one for each. */
  public static Cropping1D cropping1d(long... cropping) {
    return cropping.length == 0 ? new Cropping1D() : new Cropping1D().with(cropping);
  }

  @Override
  Cropping1D self() {
    return this;
  }

  @Override
  boolean hasDataFormat() {
    return false;
  }
}
