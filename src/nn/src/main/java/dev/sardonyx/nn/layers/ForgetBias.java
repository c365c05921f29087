package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Initializer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A bias of four gates, of which the second, the forget gate's, begins with ones. */
record ForgetBias(Initializer others) implements Initializer {
  @Override
  public float[] generate(long[] dims, SplittableRandom random) {
    int units = Math.toIntExact(dims[0] / 4);
    float[] bias = new float[4 * units];
    float[] input = others.generate(new long[] {units}, random);
    float[] rest = others.generate(new long[] {2L * units}, random);
    System.arraycopy(input, 0, bias, 0, units);
    Arrays.fill(bias, units, 2 * units, 1);
    System.arraycopy(rest, 0, bias, 2 * units, 2 * units);
    return bias;
  }

  @Override
  public void configure(Config config) {
    throw new UnsupportedOperationException("the layer writes the initializer of the others");
  }
}
