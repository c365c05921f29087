package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.List;

/**
 * Adamax, Kingma and Ba 2014, section 7: m ← β₁·m + (1-β₁)·g, u ← max(β₂·u, |g|), w ← w - r·m /
 * ((1-β₁ᵗ)·(u + ε)).
 */
public final class Adamax extends Optimizer {
  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-7;

  Adamax() {
    super(0.001);
  }

  /** At Keras's default learning rate, 0.001. */
  public static Adamax adamax() {
    return new Adamax();
  }

  public static Adamax adamax(double learningRate) {
    Adamax made = new Adamax();
    made.learningRate(learningRate);
    return made;
  }

  public static Adamax adamax(LearningRateSchedule schedule) {
    Adamax made = new Adamax();
    made.schedule(schedule);
    return made;
  }

  /** How much of the mean of gradients is kept; 0.9 by default. */
  public Adamax beta1(double newBeta1) {
    beta1 = newBeta1;
    return this;
  }

  /** How much of the greatest gradient is kept; 0.999 by default. */
  public Adamax beta2(double newBeta2) {
    beta2 = newBeta2;
    return this;
  }

  /** What is added to the divisor, against division by zero; 1e-7 by default. */
  public Adamax epsilon(double newEpsilon) {
    epsilon = newEpsilon;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    return like(weight, "momentum", "norm");
  }

  @Override
  protected Update step(Variable v) {
    Value mean = Means.next(beta1, v.slots().get(0), v.gradient());
    Value norm = v.slots().get(1).mul(beta2).max(v.gradient().abs());
    Value rate = v.learningRate().div(Means.weight(beta1, v));
    return new Update(v.weight().sub(mean.mul(rate).div(norm.add(epsilon))), List.of(mean, norm));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    beta1 = config.number("beta_1", beta1);
    beta2 = config.number("beta_2", beta2);
    epsilon = config.number("epsilon", epsilon);
  }
}
