package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Config;
import java.util.SplittableRandom;

/** Every element one. */
public final class Ones implements Initializer {
  /** For files; in code, {@link #ones}. */
  Ones() {}

  /** Every element one. */
  public static Ones ones() {
    return new Ones();
  }

  @Override
  public float[] generate(long[] dims, SplittableRandom random) {
    return Draw.fill(dims, () -> 1);
  }

  /** There are no options. */
  @Override
  public void configure(Config config) {}
}
