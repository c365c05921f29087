package dev.sardonyx.nn.layers;

/**
 * Volumes [batch, depth, height, width, channels] without some elements at the ends of their axes;
 * by default one at each.
 */
public final class Cropping3D extends CroppingLayer<Cropping3D> {
  Cropping3D() {
    super(3, 1);
  }

  /** One number for all, three for depth, height and width, or six: two for each. */
  public static Cropping3D cropping3d(long... cropping) {
    return cropping.length == 0 ? new Cropping3D() : new Cropping3D().with(cropping);
  }

  @Override
  Cropping3D self() {
    return this;
  }
}
