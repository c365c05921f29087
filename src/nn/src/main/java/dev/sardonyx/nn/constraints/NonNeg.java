package dev.sardonyx.nn.constraints;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/** No element is negative. */
public final class NonNeg implements Constraint {
  /** For files; in code, {@link #nonNeg}. */
  NonNeg() {}

  public static NonNeg nonNeg() {
    return new NonNeg();
  }

  @Override
  public Value project(Value weight) {
    return weight.max(0);
  }

  /** There are no options. */
  @Override
  public void configure(Config config) {}
}
