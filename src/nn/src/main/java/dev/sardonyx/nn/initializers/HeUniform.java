package dev.sardonyx.nn.initializers;

/**
 * Uniform numbers in ±√(6 / inputs), for layers before a ReLU; known as Kaiming initialization too.
 * He et al. 2015.
 */
public final class HeUniform extends FanInitializer {
  HeUniform() {}

  public static HeUniform heUniform() {
    return new HeUniform();
  }

  @Override
  Scaling scaling() {
    return new Scaling(2, Mode.FAN_IN, Distribution.UNIFORM);
  }
}
