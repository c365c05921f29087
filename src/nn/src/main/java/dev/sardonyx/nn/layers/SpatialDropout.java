package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** Drops whole channels in training. */
public abstract class SpatialDropout extends NoiseLayer {
  private double rate;

  SpatialDropout() {}

  abstract int rank();

  abstract int channelAxis();

  final void rate(double newRate) {
    rate = Allowed.fraction(this, "rate", newRate);
  }

  @Override
  Value noisy(Call call, Value x) {
    if (x.shape().rank() != rank()) {
      throw refuse(
          "NN-012",
          "needs inputs whose number of axes is %s, got %s".formatted(rank(), x.shape().rank()),
          x.tensorType(),
          "the batch is the first axis");
    }
    Value like = x;
    for (int i = 1; i < rank(); i++) {
      like = i == channelAxis() ? like : like.slice(i, 0, 1);
    }
    return dropped(call, x, like, rate);
  }

  @Override
  boolean isIdle() {
    return rate == 0;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    config.omit("trainable");
    rate(config.number("rate", rate));
  }
}
