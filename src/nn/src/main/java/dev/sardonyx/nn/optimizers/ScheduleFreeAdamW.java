package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.List;

/**
 * Schedule-free AdamW, Defazio et al. 2024: z moves as Adam's weights do without momentum, x is the
 * mean of all z, and the weight is between them, y = (1-β₁)·z + β₁·x. The slot of z begins with
 * zeros and takes the weight's place at the first step. As in Keras over TensorFlow, x is found
 * again from y with the z after the step.
 */
public final class ScheduleFreeAdamW extends Optimizer {
  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-8;
  private long warmupSteps;

  ScheduleFreeAdamW() {
    super(0.0025);
  }

  /** At Keras's default learning rate, 0.0025. */
  public static ScheduleFreeAdamW scheduleFreeAdamW() {
    return new ScheduleFreeAdamW();
  }

  public static ScheduleFreeAdamW scheduleFreeAdamW(double learningRate) {
    ScheduleFreeAdamW made = new ScheduleFreeAdamW();
    made.learningRate(learningRate);
    return made;
  }

  public static ScheduleFreeAdamW scheduleFreeAdamW(LearningRateSchedule schedule) {
    ScheduleFreeAdamW made = new ScheduleFreeAdamW();
    made.schedule(schedule);
    return made;
  }

  /** How much the mean counts in the weight, above 0; 0.9 by default. */
  public ScheduleFreeAdamW beta1(double newBeta1) {
    beta1 = Allowed.positive(this, "beta_1", newBeta1);
    return this;
  }

  /** How much of the mean of squared gradients is kept; 0.999 by default. */
  public ScheduleFreeAdamW beta2(double newBeta2) {
    beta2 = newBeta2;
    return this;
  }

  /** What is added to the divisor, against division by zero; 1e-8 by default. */
  public ScheduleFreeAdamW epsilon(double newEpsilon) {
    epsilon = newEpsilon;
    return this;
  }

  /** In how many steps the learning rate grows to its size; 0 by default. */
  public ScheduleFreeAdamW warmupSteps(long newWarmupSteps) {
    warmupSteps = newWarmupSteps;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    return like(weight, "momentum", "velocity");
  }

  @Override
  protected Update step(Variable v) {
    Value first = v.step().eq(1);
    Value fast = first.where(v.weight(), v.slots().get(0));
    Value square = Means.next(beta2, v.slots().get(1), v.gradient().square());
    Value root = square.div(Means.weight(beta2, v)).sqrt().add(epsilon);
    Value moved = fast.sub(v.gradient().mul(rate(v)).div(root));
    Value mean = v.weight().sub(moved.mul(1 - beta1)).div(beta1);
    Value share = v.step().reciprocal();
    Value newMean = mean.mul(share.neg().add(1)).add(moved.mul(share));
    return new Update(Means.next(beta1, newMean, moved), List.of(moved, square));
  }

  private Value rate(Variable v) {
    return warmupSteps <= 0
        ? v.learningRate()
        : v.learningRate().mul(v.step().div(warmupSteps).min(1));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    beta1(config.number("beta_1", beta1));
    beta2 = config.number("beta_2", beta2);
    epsilon = config.number("epsilon", epsilon);
    warmupSteps = config.integer("warmup_steps", warmupSteps);
  }
}
