package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.ArrayList;
import java.util.List;

/**
 * RMSprop, Hinton 2012: v ← ρ·v + (1-ρ)·g², w ← w - r·g / √(v + ε). Centered, the square of the
 * mean gradient a ← ρ·a + (1-ρ)·g is subtracted from v; with momentum m ← µ·m + r·g / √…, w ← w -
 * m.
 *
 * <p>The slots hold v / (1-ρ) and a / (1-ρ), which saves an operator on each.
 */
public final class RMSprop extends Optimizer {
  private double rho = 0.9;
  private double momentum;
  private double epsilon = 1e-7;
  private boolean centered;

  RMSprop() {
    super(0.001);
  }

  /** At Keras's default learning rate, 0.001. */
  public static RMSprop rmsprop() {
    return new RMSprop();
  }

  public static RMSprop rmsprop(double learningRate) {
    RMSprop rmsprop = new RMSprop();
    rmsprop.learningRate(learningRate);
    return rmsprop;
  }

  public static RMSprop rmsprop(LearningRateSchedule schedule) {
    RMSprop rmsprop = new RMSprop();
    rmsprop.schedule(schedule);
    return rmsprop;
  }

  /** How much of the mean of squared gradients is kept; 0.9 by default. */
  public RMSprop rho(double newRho) {
    rho = newRho;
    return this;
  }

  /** How much of the last update is kept; 0 by default. */
  public RMSprop momentum(double newMomentum) {
    momentum = newMomentum;
    return this;
  }

  /** What is added to the mean square, against division by zero; 1e-7 by default. */
  public RMSprop epsilon(double newEpsilon) {
    epsilon = newEpsilon;
    return this;
  }

  /** Whether gradients are divided by their standard deviation; false by default. */
  public RMSprop centered(boolean isCentered) {
    centered = isCentered;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    List<String> slots = new ArrayList<>(List.of("velocity"));
    if (momentum > 0) {
      slots.add("momentum");
    }
    if (centered) {
      slots.add("average_gradient");
    }
    return like(weight, slots.toArray(String[]::new));
  }

  @Override
  public double kerasSlot(String slot, double value) {
    return slot.equals("velocity") || slot.equals("average_gradient") ? value * (1 - rho) : value;
  }

  @Override
  protected Update step(Variable v) {
    Value g = v.gradient();
    Value velocity = v.slots().get(0).mul(rho).add(g.square());
    List<Value> slots = new ArrayList<>(List.of(velocity));
    Value variance = velocity;
    Value average = null;
    if (centered) {
      average = v.slots().get(v.slots().size() - 1).mul(rho).add(g);
      variance = velocity.sub(average.square().mul(1 - rho));
    }
    // The root lacks √(1-ρ), as the slots lack 1-ρ; the scalar rate makes up for it.
    Value divisor = variance.add(epsilon / (1 - rho)).sqrt();
    Value move = g.mul(v.learningRate().mul(1 / Math.sqrt(1 - rho))).div(divisor);
    if (momentum > 0) {
      move = v.slots().get(1).mul(momentum).add(move);
      slots.add(move);
    }
    if (average != null) {
      slots.add(average);
    }
    return new Update(v.weight().sub(move), slots);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    rho = config.number("rho", rho);
    momentum = config.number("momentum", momentum);
    epsilon = config.number("epsilon", epsilon);
    centered = config.flag("centered", centered);
  }
}
