package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Config;
import java.util.SplittableRandom;

/** Every element zero. */
public final class Zeros implements Initializer {
  /** For files; in code, {@link #zeros}. */
  Zeros() {}

  /** Every element zero. */
  public static Zeros zeros() {
    return new Zeros();
  }

  @Override
  public float[] generate(long[] dims, SplittableRandom random) {
    return Draw.fill(dims, () -> 0);
  }

  /** There are no options. */
  @Override
  public void configure(Config config) {}
}
