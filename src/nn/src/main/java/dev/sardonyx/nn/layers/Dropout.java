package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * In training each element becomes 0 with the probability {@code rate} and is else divided by 1 -
 * rate, so that the expected value stays; otherwise nothing happens. Srivastava et al. 2014.
 */
public final class Dropout extends SingleInputLayer {
  private double rate;
  private @Nullable Long seed;

  Dropout() {}

  /**
   * @param rate the part of the elements that is dropped, in [0, 1]
   */
  public static Dropout dropout(double rate) {
    Dropout made = new Dropout();
    made.rate = Allowed.fraction(made, "rate", rate);
    return made;
  }

  /** Draws with this seed in the place of the model's. */
  public Dropout seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  @Override
  protected Value call(Call call, Value given) {
    if (!call.training() || rate == 0) {
      return given;
    }
    Value x = given.cast(computeType());
    if (rate == 1) {
      return x.zerosLike();
    }
    Value drawn = seed == null ? call.uniformLike(x) : call.uniformLike(x, seed);
    // Not a product with the mask: an infinite element that is dropped would become NaN.
    return drawn.ge(rate).where(x.div(1 - rate), x.scalar(0));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    rate = Allowed.fraction(this, "rate", config.number("rate", rate));
    seed = config.optionalInteger("seed", seed);
    config.unsupported("noise_shape", null);
  }
}
