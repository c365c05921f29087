package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.List;

/**
 * Adagrad, Duchi et al. 2011: a ← a + g², w ← w - r·g / √(a + ε). The slot holds a without what it
 * begins with.
 */
public final class Adagrad extends Optimizer {
  private double initialAccumulatorValue = 0.1;
  private double epsilon = 1e-7;

  Adagrad() {
    super(0.001);
  }

  /** At Keras's default learning rate, 0.001. */
  public static Adagrad adagrad() {
    return new Adagrad();
  }

  public static Adagrad adagrad(double learningRate) {
    Adagrad made = new Adagrad();
    made.learningRate(learningRate);
    return made;
  }

  public static Adagrad adagrad(LearningRateSchedule schedule) {
    Adagrad made = new Adagrad();
    made.schedule(schedule);
    return made;
  }

  /** What the sums of squares begin with; 0.1 by default. */
  public Adagrad initialAccumulatorValue(double newInitialAccumulatorValue) {
    initialAccumulatorValue =
        Allowed.notNegative(this, "initial_accumulator_value", newInitialAccumulatorValue);
    return this;
  }

  /** What is added under the root; 1e-7 by default. */
  public Adagrad epsilon(double newEpsilon) {
    epsilon = newEpsilon;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    return like(weight, "accumulator");
  }

  @Override
  protected Update step(Variable v) {
    Value sum = v.slots().get(0).add(v.gradient().square());
    Value divisor = sum.add(initialAccumulatorValue + epsilon).sqrt();
    Value move = v.gradient().mul(v.learningRate()).div(divisor);
    return new Update(v.weight().sub(move), List.of(sum));
  }

  @Override
  public double kerasSlot(String slot, double value) {
    return slot.equals("accumulator") ? value + initialAccumulatorValue : value;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    initialAccumulatorValue(config.number("initial_accumulator_value", initialAccumulatorValue));
    epsilon = config.number("epsilon", epsilon);
  }
}
