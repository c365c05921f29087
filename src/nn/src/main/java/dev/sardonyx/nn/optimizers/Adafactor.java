package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.ArrayList;
import java.util.List;

/**
 * Adafactor, Shazeer and Stern 2018: the mean square of a matrix's gradients is kept by row and by
 * column only, with β₂ = 1 - tᵖ; the move is g / √v, at most {@code clipThreshold} long by its root
 * mean square, times that of the weight.
 */
public final class Adafactor extends Optimizer {
  private double beta2Decay = -0.8;
  private double epsilon1 = 1e-30;
  private double epsilon2 = 1e-3;
  private double clipThreshold = 1.0;
  private boolean relativeStep = true;

  Adafactor() {
    super(0.001);
  }

  /** At Keras's default learning rate, 0.001. */
  public static Adafactor adafactor() {
    return new Adafactor();
  }

  public static Adafactor adafactor(double learningRate) {
    Adafactor made = new Adafactor();
    made.learningRate(learningRate);
    return made;
  }

  public static Adafactor adafactor(LearningRateSchedule schedule) {
    Adafactor made = new Adafactor();
    made.schedule(schedule);
    return made;
  }

  /** The power p of the step that β₂ follows; -0.8 by default. */
  public Adafactor beta2Decay(double newBeta2Decay) {
    beta2Decay = newBeta2Decay;
    return this;
  }

  /** What is added to squared gradients; 1e-30 by default. */
  public Adafactor epsilon1(double newEpsilon1) {
    epsilon1 = newEpsilon1;
    return this;
  }

  /** The least that a weight's size counts; 1e-3 by default. */
  public Adafactor epsilon2(double newEpsilon2) {
    epsilon2 = newEpsilon2;
    return this;
  }

  /** The greatest root mean square of a move; 1 by default. */
  public Adafactor clipThreshold(double newClipThreshold) {
    clipThreshold = Allowed.positive(this, "clip_threshold", newClipThreshold);
    return this;
  }

  /** Whether the learning rate is at most 1/√t; true by default. A schedule's is as it is. */
  public Adafactor relativeStep(boolean newRelativeStep) {
    relativeStep = newRelativeStep;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    List<Slot> velocity = like(weight, "velocity");
    List<Dim> dims = weight.shape().dims();
    if (dims.size() < 2) {
      return velocity;
    }
    List<Dim> columns = new ArrayList<>(dims);
    columns.remove(dims.size() - 2);
    return List.of(
        new Slot(
            "row", new TensorType(ElementType.FLOAT32, Shape.of(dims.subList(0, dims.size() - 1)))),
        new Slot("column", new TensorType(ElementType.FLOAT32, Shape.of(columns))),
        velocity.get(0));
  }

  @Override
  protected Update step(Variable v) {
    Value limit = v.step().sqrt().reciprocal();
    // Whether it is limited before or here, the smaller of the two is what counts.
    Value rho = v.learningRate().min(limit);
    Value alpha = size(v.weight()).max(epsilon2).mul(rho);
    Value kept = v.step().pow(beta2Decay).neg().add(1);
    Value squares = v.gradient().square().add(epsilon1);
    List<Value> slots = new ArrayList<>();
    if (v.slots().size() > 1) {
      slots.add(next(kept, v.slots().get(0), squares.mean(false, -1)));
      slots.add(next(kept, v.slots().get(1), squares.mean(false, -2)));
      Value rows = slots.get(0).div(slots.get(0).mean(true, -1));
      slots.add(rows.unsqueeze(-1).mul(slots.get(1).unsqueeze(-2)));
    } else {
      slots.add(next(kept, v.slots().get(0), squares));
    }
    Value move = v.gradient().div(slots.get(slots.size() - 1).sqrt());
    Value clipped = move.div(size(move).div(clipThreshold).max(1));
    return new Update(v.weight().sub(clipped.mul(alpha)), slots);
  }

  private static Value size(Value x) {
    return x.square().mean().sqrt();
  }

  private static Value next(Value kept, Value mean, Value value) {
    return mean.mul(kept).add(value.mul(kept.neg().add(1)));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    beta2Decay = config.number("beta_2_decay", beta2Decay);
    epsilon1 = config.number("epsilon_1", epsilon1);
    epsilon2 = config.number("epsilon_2", epsilon2);
    clipThreshold(config.number("clip_threshold", clipThreshold));
    relativeStep = config.flag("relative_step", relativeStep);
  }
}
