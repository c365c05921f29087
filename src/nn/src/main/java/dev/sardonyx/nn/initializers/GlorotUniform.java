package dev.sardonyx.nn.initializers;

/**
 * Uniform numbers in ±√(6 / (inputs + outputs)), known as Xavier initialization too. Glorot and
 * Bengio 2010; the default of kernels.
 */
public final class GlorotUniform extends FanInitializer {
  GlorotUniform() {}

  public static GlorotUniform glorotUniform() {
    return new GlorotUniform();
  }

  @Override
  Scaling scaling() {
    return new Scaling(1, Mode.FAN_AVG, Distribution.UNIFORM);
  }
}
