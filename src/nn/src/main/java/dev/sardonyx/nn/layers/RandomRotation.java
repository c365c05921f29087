package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/** In training images turn around their middle. */
public final class RandomRotation extends FactorLayer<RandomRotation> {
  private final WarpOptions options = new WarpOptions(this);

  RandomRotation() {
    super(-1, 1, false, 0);
  }

  /**
   * @param factor by what part of a full turn, counter-clockwise, in [-1, 1]; one number, or the
   *     least and the most
   */
  public static RandomRotation randomRotation(double... factor) {
    return new RandomRotation().with(factor);
  }

  @Override
  RandomRotation self() {
    return this;
  }

  @Override
  boolean casts() {
    return true;
  }

  @Override
  Value changed(Call call, Value x) {
    Value angle = drawn(call, x).mul(2 * Math.PI).reshape(-1, 1, 1);
    Value cos = angle.cos();
    Value sin = angle.sin();
    Warp warp = Warp.of(x);
    Value cx = warp.width().sub(1).mul(0.5);
    Value cy = warp.height().sub(1).mul(0.5);
    Value right = cx.sub(cx.mul(cos)).add(cy.mul(sin));
    Value down = cy.sub(cx.mul(sin)).sub(cy.mul(cos));
    return warp.sampled(options, List.of(cos, sin.neg(), right, sin, cos, down));
  }

  /** What lies outside of an image; it is mirrored by default. */
  public RandomRotation fillMode(FillMode mode) {
    options.fillMode(mode);
    return this;
  }

  /** What lies outside with {@link FillMode#CONSTANT}; 0 by default. */
  public RandomRotation fillValue(double value) {
    options.fillValue(value);
    return this;
  }

  /** How pixels are made, bilinear or nearest. */
  public RandomRotation interpolation(Interpolation how) {
    options.interpolation(how);
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    options.configure(config, true);
  }
}
