package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam, Kingma and Ba 2014, in the form before their section 2.1, which Keras has: m ← β₁·m +
 * (1-β₁)·g, v ← β₂·v + (1-β₂)·g², w ← w - r·√(1-β₂ᵗ)/(1-β₁ᵗ) · m / (√v + ε). With {@code amsgrad}
 * the greatest v so far stands in the place of v, Reddi et al. 2018.
 *
 * <p>The slots hold m / (1-β₁) and v / (1-β₂), so that a step is ten operators on tensors and not
 * twelve; what that leaves out is one factor of a scalar.
 */
public class Adam extends Optimizer {
  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-7;
  private boolean amsgrad;

  Adam() {
    super(0.001);
  }

  /** At Keras's default learning rate, 0.001. */
  public static Adam adam() {
    return new Adam();
  }

  public static Adam adam(double learningRate) {
    Adam adam = new Adam();
    adam.learningRate(learningRate);
    return adam;
  }

  public static Adam adam(LearningRateSchedule schedule) {
    Adam adam = new Adam();
    adam.schedule(schedule);
    return adam;
  }

  /** How much of the mean of gradients is kept; 0.9 by default. */
  public final Adam beta1(double beta) {
    beta1 = beta;
    return this;
  }

  /** How much of the mean of squared gradients is kept; 0.999 by default. */
  public final Adam beta2(double beta) {
    beta2 = beta;
    return this;
  }

  /** What is added to the root of the mean square, against division by zero; 1e-7 by default. */
  public final Adam epsilon(double newEpsilon) {
    epsilon = newEpsilon;
    return this;
  }

  /** Whether the greatest mean square so far divides; false by default. */
  public final Adam amsgrad(boolean isAmsgrad) {
    amsgrad = isAmsgrad;
    return this;
  }

  @Override
  protected final List<Slot> ownSlots(Value weight) {
    return amsgrad
        ? like(weight, "momentum", "velocity", "velocity_hat")
        : like(weight, "momentum", "velocity");
  }

  @Override
  public final double kerasSlot(String slot, double value) {
    return switch (slot) {
      case "momentum" -> value * (1 - beta1);
      case "velocity", "velocity_hat" -> value * (1 - beta2);
      default -> value;
    };
  }

  @Override
  protected final Update step(Variable v) {
    Value g = v.gradient();
    Value momentum = v.slots().get(0).mul(beta1).add(g);
    Value velocity = v.slots().get(1).mul(beta2).add(g.square());
    List<Value> slots = new ArrayList<>(List.of(momentum, velocity));
    if (amsgrad) {
      slots.add(v.slots().get(2).max(velocity));
    }
    // Both moments lack their constant factor: the divisor lacks √(1-β₂), and epsilon with it.
    Value divisor = slots.get(slots.size() - 1).sqrt().add(epsilon / Math.sqrt(1 - beta2));
    Value moved = momentum.mul(rate(v)).div(divisor);
    return new Update(v.weight().sub(moved), slots);
  }

  /** The learning rate with the bias of both moments and their left-out factors put right. */
  private Value rate(Variable v) {
    double factors = (1 - beta1) / Math.sqrt(1 - beta2);
    return v.learningRate()
        .mul(Means.weight(beta2, v).sqrt())
        .div(Means.weight(beta1, v))
        .mul(factors);
  }

  @Override
  public final void configure(Config config) {
    super.configure(config);
    beta1 = config.number("beta_1", beta1);
    beta2 = config.number("beta_2", beta2);
    epsilon = config.number("epsilon", epsilon);
    amsgrad = config.flag("amsgrad", amsgrad);
  }
}
