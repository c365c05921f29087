package dev.sardonyx.nn.initializers;

/** Uniform numbers in ±√(3 / inputs). LeCun et al. 1998. */
public final class LecunUniform extends FanInitializer {
  LecunUniform() {}

  public static LecunUniform lecunUniform() {
    return new LecunUniform();
  }

  @Override
  Scaling scaling() {
    return new Scaling(1, Mode.FAN_IN, Distribution.UNIFORM);
  }
}
