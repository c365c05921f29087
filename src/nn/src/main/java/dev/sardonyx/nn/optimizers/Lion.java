package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.List;

/** Lion, Chen et al. 2023: w ← w - r·sign(β₁·m + (1-β₁)·g), m ← β₂·m + (1-β₂)·g. */
public final class Lion extends Optimizer {
  private double beta1 = 0.9;
  private double beta2 = 0.99;

  Lion() {
    super(0.001);
  }

  /** At Keras's default learning rate, 0.001. */
  public static Lion lion() {
    return new Lion();
  }

  public static Lion lion(double learningRate) {
    Lion made = new Lion();
    made.learningRate(learningRate);
    return made;
  }

  public static Lion lion(LearningRateSchedule schedule) {
    Lion made = new Lion();
    made.schedule(schedule);
    return made;
  }

  /** How much of the mean counts in a move; 0.9 by default. */
  public Lion beta1(double newBeta1) {
    beta1 = newBeta1;
    return this;
  }

  /** How much of the mean of gradients is kept; 0.99 by default. */
  public Lion beta2(double newBeta2) {
    beta2 = newBeta2;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    return like(weight, "momentum");
  }

  @Override
  protected Update step(Variable v) {
    Value mean = v.slots().get(0);
    Value move = Means.next(beta1, mean, v.gradient()).sign().mul(v.learningRate());
    return new Update(v.weight().sub(move), List.of(Means.next(beta2, mean, v.gradient())));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    beta1 = config.number("beta_1", beta1);
    beta2 = config.number("beta_2", beta2);
  }
}
