package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.List;

/**
 * Adadelta, Zeiler 2012: a ← ρ·a + (1-ρ)·g², d = -√(b + ε) / √(a + ε) · g, b ← ρ·b + (1-ρ)·d², w ←
 * w + r·d.
 */
public final class Adadelta extends Optimizer {
  private double rho = 0.95;
  private double epsilon = 1e-7;

  Adadelta() {
    super(0.001);
  }

  /** At Keras's default learning rate, 0.001. */
  public static Adadelta adadelta() {
    return new Adadelta();
  }

  public static Adadelta adadelta(double learningRate) {
    Adadelta made = new Adadelta();
    made.learningRate(learningRate);
    return made;
  }

  public static Adadelta adadelta(LearningRateSchedule schedule) {
    Adadelta made = new Adadelta();
    made.schedule(schedule);
    return made;
  }

  /** How much of both means is kept; 0.95 by default. */
  public Adadelta rho(double newRho) {
    rho = newRho;
    return this;
  }

  /** What is added under both roots; 1e-7 by default. */
  public Adadelta epsilon(double newEpsilon) {
    epsilon = newEpsilon;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    return like(weight, "accumulated_grad", "accumulated_delta_var");
  }

  @Override
  protected Update step(Variable v) {
    Value gradients = Means.next(rho, v.slots().get(0), v.gradient().square());
    Value moves = v.slots().get(1);
    Value move = v.gradient().mul(root(moves)).div(root(gradients));
    return new Update(
        v.weight().sub(move.mul(v.learningRate())),
        List.of(gradients, Means.next(rho, moves, move.square())));
  }

  private Value root(Value mean) {
    return mean.add(epsilon).sqrt();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    rho = config.number("rho", rho);
    epsilon = config.number("epsilon", epsilon);
  }
}
