package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.ArrayList;
import java.util.List;

/**
 * Nadam, Dozat 2015: Adam with Nesterov's momentum, whose share u = β₁·(1 - ½·0.96ᵗ) grows. A slot
 * holds the logarithm of the product of all u so far.
 */
public final class Nadam extends Optimizer {
  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-7;

  Nadam() {
    super(0.001);
  }

  /** At Keras's default learning rate, 0.001. */
  public static Nadam nadam() {
    return new Nadam();
  }

  public static Nadam nadam(double learningRate) {
    Nadam made = new Nadam();
    made.learningRate(learningRate);
    return made;
  }

  public static Nadam nadam(LearningRateSchedule schedule) {
    Nadam made = new Nadam();
    made.schedule(schedule);
    return made;
  }

  /** How much of the mean of gradients is kept; 0.9 by default. */
  public Nadam beta1(double newBeta1) {
    beta1 = newBeta1;
    return this;
  }

  /** How much of the mean of squared gradients is kept; 0.999 by default. */
  public Nadam beta2(double newBeta2) {
    beta2 = newBeta2;
    return this;
  }

  /** What is added to the divisor, against division by zero; 1e-7 by default. */
  public Nadam epsilon(double newEpsilon) {
    epsilon = newEpsilon;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    List<Slot> slots = new ArrayList<>(like(weight, "momentum", "velocity"));
    slots.add(new Slot("log_u_product", TensorType.scalar(ElementType.FLOAT32)));
    return slots;
  }

  @Override
  protected Update step(Variable v) {
    Value share = share(v.step());
    Value next = share(v.step().add(1));
    Value logProduct = v.slots().get(2).add(share.log());
    Value product = logProduct.exp();
    Value mean = Means.next(beta1, v.slots().get(0), v.gradient());
    Value square = Means.next(beta2, v.slots().get(1), v.gradient().square());
    Value ofMean = next.div(product.mul(next).neg().add(1));
    Value ofGradient = share.neg().add(1).div(product.neg().add(1));
    Value move = mean.mul(ofMean).add(v.gradient().mul(ofGradient)).mul(v.learningRate());
    Value root = square.div(Means.weight(beta2, v)).sqrt().add(epsilon);
    return new Update(v.weight().sub(move.div(root)), List.of(mean, square, logProduct));
  }

  private Value share(Value step) {
    return Means.power(0.96, step).mul(-0.5).add(1).mul(beta1);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    beta1 = config.number("beta_1", beta1);
    beta2 = config.number("beta_2", beta2);
    epsilon = config.number("epsilon", epsilon);
  }
}
