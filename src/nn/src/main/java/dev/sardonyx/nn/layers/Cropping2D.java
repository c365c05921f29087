package dev.sardonyx.nn.layers;

/**
 * Images [batch, height, width, channels] without some elements at the ends of their axes; by
 * default none.
 */
public final class Cropping2D extends CroppingLayer<Cropping2D> {
  Cropping2D() {
    super(2, 0);
  }

  /** One number for all, two for height and width, or four: top, bottom, left, right. */
  public static Cropping2D cropping2d(long... cropping) {
    return cropping.length == 0 ? new Cropping2D() : new Cropping2D().with(cropping);
  }

  @Override
  Cropping2D self() {
    return this;
  }
}
