package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Configurable;
import dev.sardonyx.nn.config.Names;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes new weights from gradients, as values of the training graph: gradients are accumulated and
 * clipped, weights decay, then the optimizer takes its {@link #step}. Source of the order: Keras's
 * base_optimizer.py.
 *
 * <p>Options that all optimizers share return an {@code Optimizer}: they come last in a chain.
 */
public abstract class Optimizer implements Configurable {
  private static final Map<String, String> IRREGULAR =
      new TreeMap<>(
          Map.of(
              "sgd", "SGD",
              "rmsprop", "RMSprop",
              "rm_sprop", "RMSprop",
              "adamw", "AdamW",
              "adam_w", "AdamW",
              "schedulefreeadamw", "ScheduleFreeAdamW",
              "schedule_free_adam_w", "ScheduleFreeAdamW"));

  private String name = Names.snakeCase(getClass().getSimpleName());
  private double learningRate;
  private @Nullable LearningRateSchedule schedule;
  private @Nullable Double weightDecay;
  private Clipping clipping = Clipping.NONE;
  private Accumulation accumulation = Accumulation.NONE;
  private MovingAverage average = MovingAverage.NONE;

  /**
   * One weight in one step.
   *
   * @param weight its value before
   * @param gradient its gradient
   * @param slots the state of this weight, in the order of {@link #slots}
   * @param learningRate a float32 scalar
   * @param step the number of this step as a float32 scalar, from 1
   */
  public record Variable(
      Value weight, Value gradient, List<Value> slots, Value learningRate, Value step) {}

  /** State that is kept for a weight: a tensor that begins as zeros. */
  public record Slot(String name, TensorType type) {}

  /** The weight and its slots after the step. */
  public record Update(Value weight, List<Value> slots) {}

  protected Optimizer(double learningRate) {
    this.learningRate = learningRate;
  }

  /** The optimizer that Keras calls {@code name}, with its default options: {@code adam}, … */
  public static Optimizer of(String name) {
    return Names.create(Optimizer.class, name, IRREGULAR);
  }

  /** The optimizer's own state of a weight; tensors of its shape are {@link #like} it. */
  protected abstract List<Slot> ownSlots(Value weight);

  /** Slots of a weight's own type. */
  protected static List<Slot> like(Value weight, String... names) {
    return Arrays.stream(names).map(slot -> new Slot(slot, weight.tensorType())).toList();
  }

  /** All that is kept for a weight from step to step, in the order of {@link Variable#slots}. */
  public final List<Slot> slots(Value weight) {
    List<Slot> slots = new ArrayList<>(accumulation.slots(weight));
    slots.addAll(average.slots(weight));
    slots.addAll(ownSlots(weight));
    return slots;
  }

  /**
   * Keras's variable for an element of the slot of the same name. The two differ where a slot is
   * kept without a constant factor or summand, which saves an operator on every weight and lets
   * every slot begin as zeros.
   */
  public double kerasSlot(String slot, double value) {
    return value;
  }

  /** The rule: the new weight and own slots. Decay and clipping have been done. */
  protected abstract Update step(Variable variable);

  /** How much of a weight decays in a step, times the learning rate; null for nothing. */
  protected @Nullable Double decayOf(Value weight) {
    return weightDecay;
  }

  /**
   * One step: what becomes of all weights and of all their slots. Gradients are accumulated and
   * clipped, weights decay and take their {@link #step}, averages follow.
   */
  public final List<Update> apply(List<Variable> variables) {
    List<Value> gradients = clipping.apply(accumulation.gradients(variables));
    List<Update> updates = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      updates.add(update(variables.get(i), gradients.get(i)));
    }
    return updates;
  }

  private Update update(Variable given, Value gradient) {
    int accumulators = accumulation.slots(given.weight()).size();
    int first = accumulators + average.slots(given.weight()).size();
    List<Value> own = given.slots().subList(first, given.slots().size());
    Value moves = accumulation.moves(given.step());
    Variable before = new Variable(given.weight(), gradient, own, given.learningRate(), moves);
    Update after = accumulation.onlyWhenDue(given.step(), before, step(decayed(before)));
    Update averaged = average.follow(given.slots(), accumulators, moves, after.weight());
    List<Value> slots = new ArrayList<>(accumulation.update(given));
    slots.addAll(averaged.slots());
    slots.addAll(after.slots());
    return new Update(averaged.weight(), slots);
  }

  private Variable decayed(Variable v) {
    Double decay = decayOf(v.weight());
    if (decay == null) {
      return v;
    }
    Value kept = v.learningRate().mul(-decay).add(1);
    return new Variable(v.weight().mul(kept), v.gradient(), v.slots(), v.learningRate(), v.step());
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

  /** Sums the gradients of this many steps, and moves the weights by their mean; or null. */
  public Optimizer gradientAccumulationSteps(@Nullable Long steps) {
    accumulation = Accumulation.of(this, steps);
    return this;
  }

  /**
   * Keeps the average w̄ ← momentum · w̄ + (1 - momentum) · w of every weight, which takes the
   * weight's place at the end of {@code fit}.
   *
   * @param overwriteFrequency every how many steps it does so already in training; or null
   */
  public Optimizer ema(double momentum, @Nullable Long overwriteFrequency) {
    average = MovingAverage.of(this, true, momentum, overwriteFrequency);
    return this;
  }

  /** The slot that holds a weight's moving average, or null where none is kept. */
  public final @Nullable String averageSlot() {
    return average.used() ? MovingAverage.SLOT : null;
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
    average = average.configured(this, config);
    config.unsupported("loss_scale_factor", null);
    accumulation = accumulation.configured(this, config);
  }

  @Override
  public String toString() {
    return name;
  }
}
