package dev.sardonyx.nn.initializers;

/**
 * Truncated normal numbers of the standard deviation √(2 / (inputs + outputs)), known as Xavier
 * initialization too. Glorot and Bengio 2010.
 */
public final class GlorotNormal extends FanInitializer {
  GlorotNormal() {}

  public static GlorotNormal glorotNormal() {
    return new GlorotNormal();
  }

  @Override
  Scaling scaling() {
    return new Scaling(1, Mode.FAN_AVG, Distribution.TRUNCATED_NORMAL);
  }
}
