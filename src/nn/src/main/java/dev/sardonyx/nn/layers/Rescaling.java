package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/** y = x · scale + offset; lists of numbers are for the last axis, as arrays broadcast. */
public final class Rescaling extends SingleInputLayer {
  private NumberArray scale = NumberArray.of(1.0);
  private NumberArray offset = NumberArray.of(0.0);

  Rescaling() {}

  /** Keras's default for the offset: 0. */
  public static Rescaling rescaling(double scale) {
    return rescaling(scale, 0);
  }

  public static Rescaling rescaling(double scale, double offset) {
    Rescaling made = new Rescaling();
    made.scale = NumberArray.of(scale);
    made.offset = NumberArray.of(offset);
    return made;
  }

  /** One number for each channel. */
  public static Rescaling rescaling(double[] scale, double[] offset) {
    Rescaling made = new Rescaling();
    made.scale = NumberArray.of(scale);
    made.offset = NumberArray.of(offset);
    return made;
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Value call(Call call, Value x) {
    return x.cast(computeType())
        .mul(scale.constant(computeType()))
        .add(offset.constant(computeType()));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    scale = NumberArray.required(this, config, "scale", scale);
    offset = NumberArray.required(this, config, "offset", offset);
  }
}
