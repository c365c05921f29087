package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Muon, Jordan et al. 2024: a matrix moves by its momentum made orthogonal, by an iteration of
 * Newton and Schulz, x ← a·x + (b·xxᵀ + c·(xxᵀ)²)·x; all other weights are trained by Adam.
 */
public final class Muon extends Optimizer {
  private double adamBeta1 = 0.9;
  private double adamBeta2 = 0.999;
  private double epsilon = 1e-7;
  private double muonA = 3.4445;
  private double muonB = -4.775;
  private double muonC = 2.0315;
  private double adamLrRatio = 1;
  private double momentum = 0.95;
  private long nsSteps = 5;
  private boolean nesterov = true;
  private boolean excludeEmbeddings = true;
  private @Nullable Double adamWeightDecay = 0.004;
  private @Nullable Double rmsRate = 0.2;
  private List<String> excludeLayers = List.of();

  Muon() {
    super(0.001);
    weightDecay(0.004);
  }

  /** At Keras's default learning rate, 0.001. */
  public static Muon muon() {
    return new Muon();
  }

  public static Muon muon(double learningRate) {
    Muon made = new Muon();
    made.learningRate(learningRate);
    return made;
  }

  public static Muon muon(LearningRateSchedule schedule) {
    Muon made = new Muon();
    made.schedule(schedule);
    return made;
  }

  /** β₁ of Adam; 0.9 by default. */
  public Muon adamBeta1(double newAdamBeta1) {
    adamBeta1 = newAdamBeta1;
    return this;
  }

  /** β₂ of Adam; 0.999 by default. */
  public Muon adamBeta2(double newAdamBeta2) {
    adamBeta2 = newAdamBeta2;
    return this;
  }

  /** ε of Adam; 1e-7 by default. */
  public Muon epsilon(double newEpsilon) {
    epsilon = newEpsilon;
    return this;
  }

  /** The first coefficient of the iteration; 3.4445 by default. */
  public Muon muonA(double newMuonA) {
    muonA = newMuonA;
    return this;
  }

  /** The second coefficient of the iteration; -4.775 by default. */
  public Muon muonB(double newMuonB) {
    muonB = newMuonB;
    return this;
  }

  /** The third coefficient of the iteration; 2.0315 by default. */
  public Muon muonC(double newMuonC) {
    muonC = newMuonC;
    return this;
  }

  /** What the learning rate is multiplied by for Adam; 1 by default. */
  public Muon adamLrRatio(double newAdamLrRatio) {
    adamLrRatio = newAdamLrRatio;
    return this;
  }

  /** How much of the sum of gradients is kept; 0.95 by default. */
  public Muon momentum(double newMomentum) {
    momentum = newMomentum;
    return this;
  }

  /** Iterations that make a move orthogonal; 5 by default. */
  public Muon nsSteps(long newNsSteps) {
    nsSteps = newNsSteps;
    return this;
  }

  /** Whether the gradient counts once more beside the momentum; true by default. */
  public Muon nesterov(boolean newNesterov) {
    nesterov = newNesterov;
    return this;
  }

  /** Whether Adam trains weights with "embedding" in their names; true by default. */
  public Muon excludeEmbeddings(boolean newExcludeEmbeddings) {
    excludeEmbeddings = newExcludeEmbeddings;
    return this;
  }

  /** The weight decay of what Adam trains; 0.004 by default. */
  public Muon adamWeightDecay(@Nullable Double newAdamWeightDecay) {
    adamWeightDecay = newAdamWeightDecay;
    return this;
  }

  /**
   * Scales moves by this times the root of the greater extent; 0.2 by default, null for not at all.
   */
  public Muon rmsRate(@Nullable Double newRmsRate) {
    rmsRate = newRmsRate;
    return this;
  }

  @Override
  protected List<Slot> ownSlots(Value weight) {
    return usesAdam(weight) ? like(weight, "momentum", "velocity") : like(weight, "momentum");
  }

  @Override
  protected Update step(Variable v) {
    // A weight that has decayed is no input any more, and has no name.
    return v.slots().size() > 1 ? adam(v) : muon(v);
  }

  /** Regular expressions; Adam trains the weights in whose names one is found. None by default. */
  public Muon excludeLayers(List<String> patterns) {
    excludeLayers = List.copyOf(patterns);
    return this;
  }

  private boolean usesAdam(Value weight) {
    String name = weight.name() == null ? "" : weight.name();
    return weight.shape().rank() != 2
        || excludeEmbeddings && name.toLowerCase(Locale.ROOT).contains("embedding")
        || excludeLayers.stream().anyMatch(p -> Pattern.compile(p).matcher(name).find());
  }

  @Override
  protected @Nullable Double decayOf(Value weight) {
    return usesAdam(weight) ? adamWeightDecay : super.decayOf(weight);
  }

  private Update adam(Variable v) {
    Value mean = Means.next(adamBeta1, v.slots().get(0), v.gradient());
    Value square = Means.next(adamBeta2, v.slots().get(1), v.gradient().square());
    Value rate =
        v.learningRate()
            .mul(adamLrRatio)
            .mul(Means.weight(adamBeta2, v).sqrt())
            .div(Means.weight(adamBeta1, v));
    Value move = mean.mul(rate).div(square.sqrt().add(epsilon));
    return new Update(v.weight().sub(move), List.of(mean, square));
  }

  private Update muon(Variable v) {
    Value sum = v.slots().get(0).mul(momentum).add(v.gradient());
    Value direction = nesterov ? sum.mul(momentum).add(v.gradient()) : sum;
    Value move = orthogonal(direction).mul(v.learningRate());
    if (rmsRate != null) {
      long[] dims = v.weight().shape().fixed();
      move = move.mul(Math.sqrt(Math.max(dims[0], dims[1])) * rmsRate);
    }
    return new Update(v.weight().sub(move), List.of(sum));
  }

  private Value orthogonal(Value matrix) {
    long[] dims = matrix.shape().fixed();
    boolean tall = dims[0] > dims[1];
    Value x = tall ? matrix.transpose(1, 0) : matrix;
    x = x.div(x.square().sum().sqrt().add(1e-7));
    for (long i = 0; i < nsSteps; i++) {
      Value square = x.matMul(x.transpose(1, 0));
      Value factor = square.mul(muonB).add(square.mul(muonC).matMul(square));
      x = x.mul(muonA).add(factor.matMul(x));
    }
    return tall ? x.transpose(1, 0) : x;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    adamBeta1 = config.number("adam_beta_1", adamBeta1);
    adamBeta2 = config.number("adam_beta_2", adamBeta2);
    epsilon = config.number("epsilon", epsilon);
    excludeLayers = config.texts("exclude_layers", excludeLayers);
    muonA = config.number("muon_a", muonA);
    muonB = config.number("muon_b", muonB);
    muonC = config.number("muon_c", muonC);
    adamLrRatio = config.number("adam_lr_ratio", adamLrRatio);
    momentum = config.number("momentum", momentum);
    nsSteps = config.integer("ns_steps", nsSteps);
    nesterov = config.flag("nesterov", nesterov);
    excludeEmbeddings = config.flag("exclude_embeddings", excludeEmbeddings);
    adamWeightDecay = config.optionalNumber("adam_weight_decay", adamWeightDecay);
    rmsRate = config.optionalNumber("rms_rate", rmsRate);
  }
}
