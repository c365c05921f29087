package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Configurable;
import java.util.SplittableRandom;

/** Fills a new weight. */
public interface Initializer extends Configurable {
  /**
   * The elements of a weight of the shape {@code dims}, row-major.
   *
   * @param dims Keras's layout: a kernel ends in (…, inputs, outputs)
   * @param random a stream of this weight's own, a function of the model's seed and the weight's
   *     name
   */
  float[] generate(long[] dims, SplittableRandom random);
}
