package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.List;

/**
 * FTRL-Proximal, McMahan et al. 2013, with L1 and L2 penalties: with a' = a + g² and p the power, z
 * ← z + g + 2·s·w - (a'⁻ᵖ - a⁻ᵖ) / r · w, w ← (clip(z, ±l₁) - z) / (a'⁻ᵖ / r + 2·l₂ + β / r). The
 * slot holds a without what it begins with.
 */
public final class Ftrl extends Optimizer {
  private double learningRatePower = -0.5;
  private double initialAccumulatorValue = 0.1;
  private double l1RegularizationStrength;
  private double l2RegularizationStrength;
  private double l2ShrinkageRegularizationStrength;
  private double beta;

  Ftrl() {
    super(0.001);
  }

  /** At Keras's default learning rate, 0.001. */
  public static Ftrl ftrl() {
    return new Ftrl();
  }

  public static Ftrl ftrl(double learningRate) {
    Ftrl made = new Ftrl();
    made.learningRate(learningRate);
    return made;
  }

  public static Ftrl ftrl(LearningRateSchedule schedule) {
    Ftrl made = new Ftrl();
    made.schedule(schedule);
    return made;
  }

  /** The power p of the sum of squares, at most 0; -½ by default. */
  public Ftrl learningRatePower(double newLearningRatePower) {
    learningRatePower = newLearningRatePower;
    return this;
  }

  /** What the sums of squares begin with; 0.1 by default. */
  public Ftrl initialAccumulatorValue(double newInitialAccumulatorValue) {
    initialAccumulatorValue =
        Allowed.notNegative(this, "initial_accumulator_value", newInitialAccumulatorValue);
    return this;
  }

  /** The factor of the L1 penalty; 0 by default. */
  public Ftrl l1RegularizationStrength(double newL1RegularizationStrength) {
    l1RegularizationStrength =
        Allowed.notNegative(this, "l1_regularization_strength", newL1RegularizationStrength);
    return this;
  }

  /** The factor of the L2 penalty; 0 by default. */
  public Ftrl l2RegularizationStrength(double newL2RegularizationStrength) {
    l2RegularizationStrength =
        Allowed.notNegative(this, "l2_regularization_strength", newL2RegularizationStrength);
    return this;
  }

  /** The factor s of an L2 penalty on the gradient; 0 by default. */
  public Ftrl l2ShrinkageRegularizationStrength(double newL2ShrinkageRegularizationStrength) {
    l2ShrinkageRegularizationStrength =
        Allowed.notNegative(
            this, "l2_shrinkage_regularization_strength", newL2ShrinkageRegularizationStrength);
    return this;
  }

  /** Slows the first steps; 0 by default. */
  public Ftrl beta(double newBeta) {
    beta = newBeta;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    return like(weight, "accumulator", "linear");
  }

  @Override
  protected Update step(Variable v) {
    Value sum = v.slots().get(0).add(v.gradient().square());
    Value before = power(v.slots().get(0));
    Value after = power(sum);
    Value gradient = v.gradient().add(v.weight().mul(2 * l2ShrinkageRegularizationStrength));
    Value shift = after.sub(before).div(v.learningRate()).mul(v.weight());
    Value linear = v.slots().get(1).add(gradient).sub(shift);
    Value damping = v.learningRate().reciprocal().mul(beta).add(2 * l2RegularizationStrength);
    Value quadratic = after.div(v.learningRate()).add(damping);
    Value clipped = linear.clip(-l1RegularizationStrength, l1RegularizationStrength);
    return new Update(clipped.sub(linear).div(quadratic), List.of(sum, linear));
  }

  private Value power(Value sum) {
    return sum.add(initialAccumulatorValue).pow(-learningRatePower);
  }

  @Override
  public double kerasSlot(String slot, double value) {
    return slot.equals("accumulator") ? value + initialAccumulatorValue : value;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    learningRatePower = config.number("learning_rate_power", learningRatePower);
    initialAccumulatorValue(config.number("initial_accumulator_value", initialAccumulatorValue));
    l1RegularizationStrength(config.number("l1_regularization_strength", l1RegularizationStrength));
    l2RegularizationStrength(config.number("l2_regularization_strength", l2RegularizationStrength));
    l2ShrinkageRegularizationStrength(
        config.number("l2_shrinkage_regularization_strength", l2ShrinkageRegularizationStrength));
    beta = config.number("beta", beta);
  }
}
