package dev.sardonyx.nn.initializers;

/**
 * Truncated normal numbers of the standard deviation √(2 / inputs), for layers before a ReLU; known
 * as Kaiming initialization too. He et al. 2015.
 */
public final class HeNormal extends FanInitializer {
  HeNormal() {}

  public static HeNormal heNormal() {
    return new HeNormal();
  }

  @Override
  Scaling scaling() {
    return new Scaling(2, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL);
  }
}
