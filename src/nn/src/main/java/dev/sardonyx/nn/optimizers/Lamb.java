package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.List;

/**
 * LAMB, You et al. 2019: Adam's move u = m̂ / (√v̂ + ε), as long as the weight is: w ← w -
 * r·‖w‖/‖u‖·u. The ratio is 1 where either norm is 0.
 */
public final class Lamb extends Optimizer {
  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-7;

  Lamb() {
    super(0.001);
  }

  /** At Keras's default learning rate, 0.001. */
  public static Lamb lamb() {
    return new Lamb();
  }

  public static Lamb lamb(double learningRate) {
    Lamb made = new Lamb();
    made.learningRate(learningRate);
    return made;
  }

  public static Lamb lamb(LearningRateSchedule schedule) {
    Lamb made = new Lamb();
    made.schedule(schedule);
    return made;
  }

  /** How much of the mean of gradients is kept; 0.9 by default. */
  public Lamb beta1(double newBeta1) {
    beta1 = newBeta1;
    return this;
  }

  /** How much of the mean of squared gradients is kept; 0.999 by default. */
  public Lamb beta2(double newBeta2) {
    beta2 = newBeta2;
    return this;
  }

  /** What is added to the divisor, against division by zero; 1e-7 by default. */
  public Lamb epsilon(double newEpsilon) {
    epsilon = newEpsilon;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    return like(weight, "momentum", "velocity");
  }

  @Override
  protected Update step(Variable v) {
    Value mean = Means.next(beta1, v.slots().get(0), v.gradient());
    Value square = Means.next(beta2, v.slots().get(1), v.gradient().square());
    Value root = square.div(Means.weight(beta2, v)).sqrt().add(epsilon);
    Value move = mean.div(Means.weight(beta1, v)).div(root);
    Value length = norm(v.weight());
    Value own = norm(move);
    Value one = own.scalar(1);
    Value ratio = length.gt(0).and(own.gt(0)).where(length.div(own.gt(0).where(own, one)), one);
    return new Update(v.weight().sub(move.mul(ratio.mul(v.learningRate()))), List.of(mean, square));
  }

  private static Value norm(Value x) {
    return x.square().sum().sqrt();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    beta1 = config.number("beta_1", beta1);
    beta2 = config.number("beta_2", beta2);
    epsilon = config.number("epsilon", epsilon);
  }
}
