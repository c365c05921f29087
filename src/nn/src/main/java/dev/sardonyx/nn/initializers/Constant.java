package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.SplittableRandom;

/** Every element the same number. */
public final class Constant implements Initializer {
  private double value;

  Constant() {}

  /** Keras's default: 0. */
  public static Constant constant() {
    return new Constant();
  }

  /** Every element {@code value}. */
  public static Constant constant(double value) {
    Constant made = new Constant();
    made.value = Allowed.finite(made, "value", value);
    return made;
  }

  @Override
  public float[] generate(long[] dims, SplittableRandom random) {
    return Draw.fill(dims, () -> value);
  }

  @Override
  public void configure(Config config) {
    value = Allowed.finite(this, "value", config.number("value", value));
  }
}
