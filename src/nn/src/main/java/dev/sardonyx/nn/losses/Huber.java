package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * The mean over the last axis of ½ · e² for errors up to {@code delta}, and of delta · |e| - ½ ·
 * delta² beyond.
 */
public final class Huber extends Loss {
  private double delta = 1;

  public Huber() {
    named("huber_loss");
  }

  public static Huber huber() {
    return new Huber();
  }

  /** The error up to which the loss is quadratic; 1 by default. */
  public Huber delta(double newDelta) {
    delta = Allowed.positive(this, "delta", newDelta);
    return this;
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value error = yPred.sub(yTrue);
    Value size = error.abs();
    Value beyond = size.mul(delta).sub(0.5 * delta * delta);
    return size.le(delta).where(error.square().mul(0.5), beyond).mean(false, -1);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    // Keras takes a delta and does not write it.
    if (delta != 1 || config.has("delta")) {
      delta(config.number("delta", delta));
    }
  }
}
