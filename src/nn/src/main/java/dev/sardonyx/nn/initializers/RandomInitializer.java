package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Config;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Draws its numbers at random: with a seed of its own as a function of that seed alone, so that two
 * weights of one shape begin equal, as in Keras; else from the weight's own stream.
 */
public abstract class RandomInitializer implements Initializer {
  private @Nullable Long seed;

  /** Makes the numbers a function of {@code newSeed} alone. */
  public RandomInitializer seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** As {@link #generate}, from the stream that the seed decides on. */
  abstract float[] draw(long[] dims, SplittableRandom random);

  @Override
  public final float[] generate(long[] dims, SplittableRandom random) {
    return draw(dims, seed == null ? random : new SplittableRandom(seed));
  }

  @Override
  public void configure(Config config) {
    seed = config.optionalInteger("seed", seed);
  }
}
