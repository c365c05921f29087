package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.List;

/**
 * Gradient descent: w ← w - r·g; with momentum m ← µ·m - r·g, w ← w + m; with Nesterov's momentum w
 * ← w + µ·m - r·g.
 */
public final class SGD extends Optimizer {
  private double momentum;
  private boolean nesterov;

  SGD() {
    super(0.01);
  }

  /** At Keras's default learning rate, 0.01. */
  public static SGD sgd() {
    return new SGD();
  }

  public static SGD sgd(double learningRate) {
    SGD sgd = new SGD();
    sgd.learningRate(learningRate);
    return sgd;
  }

  public static SGD sgd(LearningRateSchedule schedule) {
    SGD sgd = new SGD();
    sgd.schedule(schedule);
    return sgd;
  }

  /** How much of the last update is kept, in [0, 1]; 0 by default. */
  public SGD momentum(double newMomentum) {
    if (!(newMomentum >= 0 && newMomentum <= 1)) {
      throw new Diagnostic(
              "NN-006",
              "momentum lies between 0 and 1, got " + newMomentum,
              Location.current(),
              "momentum: " + newMomentum,
              "0.9 is usual")
          .exception();
    }
    momentum = newMomentum;
    return this;
  }

  /** Whether the gradient counts once more beside the momentum; false by default. */
  public SGD nesterov(boolean isNesterov) {
    nesterov = isNesterov;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    return momentum == 0 ? List.of() : like(weight, "momentum");
  }

  @Override
  protected Update step(Variable v) {
    Value move = v.gradient().mul(v.learningRate());
    if (momentum == 0) {
      return new Update(v.weight().sub(move), List.of());
    }
    Value velocity = v.slots().get(0).mul(momentum).sub(move);
    Value sum = nesterov ? velocity.mul(momentum).sub(move) : velocity;
    return new Update(v.weight().add(sum), List.of(velocity));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    momentum(config.number("momentum", momentum));
    nesterov = config.flag("nesterov", nesterov);
  }
}
