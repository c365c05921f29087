package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Configurable;
import dev.sardonyx.nn.config.Names;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes new weights from gradients, as values of the training graph: gradients are clipped, weights
 * decay, then the optimizer takes its {@link #step}. Source of the order: Keras's
 * base_optimizer.py.
 *
 * <p>Options that all optimizers share return an {@code Optimizer}: they come last in a chain.
 */
public abstract class Optimizer implements Configurable {
  private static final Map<String, String> IRREGULAR =
      new TreeMap<>(Map.of("sgd", "SGD", "rmsprop", "RMSprop", "rm_sprop", "RMSprop"));

  private String name = Names.snakeCase(getClass().getSimpleName());
  private double learningRate;
  private @Nullable LearningRateSchedule schedule;
  private @Nullable Double weightDecay;
  private Clipping clipping = Clipping.NONE;

  /**
   * One weight in one step.
   *
   * @param weight its value before
   * @param gradient the gradient, clipped
   * @param slots the optimizer's state of this weight, in the order of {@link #slots}
   * @param learningRate a float32 scalar
   * @param step the number of this step as a float32 scalar, from 1
   */
  public record Variable(
      Value weight, Value gradient, List<Value> slots, Value learningRate, Value step) {}

  /** The weight and its slots after the step. */
  public record Update(Value weight, List<Value> slots) {}

  protected Optimizer(double learningRate) {
    this.learningRate = learningRate;
  }

  /** The optimizer that Keras calls {@code name}, with its default options: {@code adam}, … */
  public static Optimizer of(String name) {
    return Names.create(Optimizer.class, name, IRREGULAR);
  }

  /** The names of the state kept for each weight: tensors of its shape that begin as zeros. */
  public abstract List<String> slots();

  /**
   * What a slot is multiplied by to give Keras's variable of the same name. It differs from 1 where
   * a moment is kept without its constant factor, which saves an operator on every weight.
   */
  public double slotScale(String slot) {
    return 1;
  }

  /** The rule: the new weight and slots. Decay and clipping have been done. */
  protected abstract Update step(Variable variable);

  /** The gradients of all weights, clipped as the options say. */
  public final List<Value> clip(List<Value> gradients) {
    return clipping.apply(gradients);
  }

  /** One weight's decay and step. */
  public final Update update(Variable v) {
    if (weightDecay == null) {
      return step(v);
    }
    Value kept = v.learningRate().mul(-weightDecay).add(1);
    return step(
        new Variable(v.weight().mul(kept), v.gradient(), v.slots(), v.learningRate(), v.step()));
  }

  /**
   * The learning rate of a step.
   *
   * @param step how many steps were taken before it: Keras's {@code iterations}
   */
  public final double learningRate(long step) {
    return schedule == null ? learningRate : schedule.rate(step);
  }

  /** Sets the learning rate, as callbacks do; refused where a schedule decides it. */
  public final void learningRate(double newLearningRate) {
    if (schedule != null) {
      throw new Diagnostic(
              "NN-034",
              "the learning rate of %s follows a schedule and cannot be set".formatted(name),
              Location.current(),
              "schedule: %s   learning rate: %s".formatted(schedule.className(), newLearningRate),
              "give the optimizer a number as its learning rate, or drop the callback")
          .exception();
    }
    learningRate = newLearningRate;
  }

  /** Lets the learning rate follow {@code newSchedule}; your own is a lambda from step to rate. */
  public Optimizer schedule(LearningRateSchedule newSchedule) {
    schedule = newSchedule;
    return this;
  }

  /** Subtracts this part of each weight, times the learning rate, before each step; or null. */
  public Optimizer weightDecay(@Nullable Double decay) {
    weightDecay = decay;
    return this;
  }

  /** Scales each gradient down to this Euclidean norm; or null. */
  public Optimizer clipnorm(@Nullable Double norm) {
    clipping = new Clipping(norm, clipping.globalClipnorm(), clipping.clipvalue());
    return this;
  }

  /** Scales all gradients together down to this Euclidean norm; or null. */
  public Optimizer globalClipnorm(@Nullable Double norm) {
    clipping = new Clipping(clipping.clipnorm(), norm, clipping.clipvalue());
    return this;
  }

  /** Moves every element of a gradient into [-value, value]; or null. */
  public Optimizer clipvalue(@Nullable Double value) {
    clipping = new Clipping(clipping.clipnorm(), clipping.globalClipnorm(), value);
    return this;
  }

  public Optimizer named(String newName) {
    name = newName;
    return this;
  }

  public final String name() {
    return name;
  }

  @Override
  public void configure(Config config) {
    name = config.text("name", name);
    if (config.values().get("learning_rate") instanceof Map || schedule != null) {
      schedule = config.object("learning_rate", LearningRateSchedule.class, schedule);
    } else {
      learningRate = config.number("learning_rate", learningRate);
    }
    weightDecay = config.optionalNumber("weight_decay", weightDecay);
    clipping = clipping.configured(config);
    config.unsupported("use_ema", false);
    config.json("ema_momentum", 0.99);
    config.unsupported("ema_overwrite_frequency", null);
    config.unsupported("loss_scale_factor", null);
    config.unsupported("gradient_accumulation_steps", null);
  }

  @Override
  public String toString() {
    return name;
  }
}
