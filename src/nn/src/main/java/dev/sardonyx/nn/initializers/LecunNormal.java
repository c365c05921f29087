package dev.sardonyx.nn.initializers;

/**
 * Truncated normal numbers of the standard deviation √(1 / inputs), for layers before a SELU. LeCun
 * et al. 1998.
 */
public final class LecunNormal extends FanInitializer {
  LecunNormal() {}

  public static LecunNormal lecunNormal() {
    return new LecunNormal();
  }

  @Override
  Scaling scaling() {
    return new Scaling(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
  }
}
