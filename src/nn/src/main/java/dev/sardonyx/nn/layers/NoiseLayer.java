package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import org.jspecify.annotations.Nullable;

/** A layer that is random in training and passes everything on otherwise. */
public abstract class NoiseLayer extends SingleInputLayer {
  private @Nullable Long seed;

  NoiseLayer() {}

  /** Draws with this seed in the place of the model's. */
  public NoiseLayer seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /** The result in training. */
  abstract Value noisy(Call call, Value x);

  /** Whether there is nothing random about it. */
  abstract boolean isIdle();

  @Override
  protected final Value call(Call call, Value given) {
    return !call.training() || isIdle() ? given : noisy(call, given.cast(computeType()));
  }

  @Override
  protected final boolean changesInTraining() {
    return !isIdle();
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  /** Uniform numbers in [0, 1) like {@code x}. */
  final Value uniform(Call call, Value x) {
    return seed == null ? call.uniformLike(x) : call.uniformLike(x, seed);
  }

  /** {@code x} where numbers drawn like {@code like} are at least {@code rate}, scaled; else 0. */
  final Value dropped(Call call, Value x, Value like, double rate) {
    if (rate == 1) {
      return x.zerosLike();
    }
    // Not a product with the mask: an infinite element that is dropped would become NaN.
    return uniform(call, like).ge(rate).where(x.div(1 - rate), x.scalar(0));
  }

  /** Numbers of the standard normal distribution like {@code x}; Box and Muller 1958. */
  final Value normal(Call call, Value x) {
    // 1 - u lies in (0, 1]: its logarithm is finite.
    Value radius = uniform(call, x).neg().add(1).log().mul(-2).sqrt();
    Value angle = (seed == null ? call.uniformLike(x) : call.uniformLike(x, seed + 1));
    return radius.mul(angle.mul(2 * Math.PI).cos());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    seed = config.optionalInteger("seed", seed);
  }
}
