package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.activations.Activation;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.GlorotUniform;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.initializers.Orthogonal;
import dev.sardonyx.nn.initializers.Zeros;
import dev.sardonyx.nn.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/** The options that the cells of Keras have in common, and the layers that are made of one. */
public final class RecurrentSettings {
  private final boolean gated;
  Activation activation = Activation.TANH;
  Activation recurrentActivation = Activation.SIGMOID;
  boolean useBias = true;
  Initializer kernelInitializer = GlorotUniform.glorotUniform();
  Initializer recurrentInitializer = Orthogonal.orthogonal();
  Initializer biasInitializer = Zeros.zeros();
  @Nullable Regularizer kernelRegularizer;
  @Nullable Regularizer recurrentRegularizer;
  @Nullable Regularizer biasRegularizer;
  @Nullable Constraint kernelConstraint;
  @Nullable Constraint recurrentConstraint;
  @Nullable Constraint biasConstraint;
  double dropout;
  double recurrentDropout;
  @Nullable Long seed;

  /**
   * @param gated whether there is an activation for gates
   */
  RecurrentSettings(boolean gated) {
    this.gated = gated;
  }

  /** Whether a training step drops something. */
  boolean drops() {
    return dropout > 0 || recurrentDropout > 0;
  }

  /**
   * What elements are multiplied by when a part of them, {@code rate}, is dropped: 0 or 1 / (1 -
   * rate). The same for all time steps.
   */
  Value kept(Call call, Value like, double rate) {
    return StepCall.once(call, () -> drawn(call, like, rate));
  }

  private Value drawn(Call call, Value like, double rate) {
    if (rate == 1) {
      return like.zerosLike();
    }
    Value drawn = seed == null ? call.uniformLike(like) : call.uniformLike(like, seed);
    return drawn.ge(rate).where(like.scalar(1 / (1 - rate)), like.scalar(0));
  }

  void configure(Layer owner, Config config) {
    activation = Activation.option(config, "activation", activation);
    if (gated) {
      recurrentActivation = Activation.option(config, "recurrent_activation", recurrentActivation);
    }
    useBias = config.flag("use_bias", useBias);
    kernelInitializer = Options.initializer(config, "kernel_initializer", kernelInitializer);
    recurrentInitializer =
        Options.initializer(config, "recurrent_initializer", recurrentInitializer);
    biasInitializer = Options.initializer(config, "bias_initializer", biasInitializer);
    kernelRegularizer = config.object("kernel_regularizer", Regularizer.class, kernelRegularizer);
    recurrentRegularizer =
        config.object("recurrent_regularizer", Regularizer.class, recurrentRegularizer);
    biasRegularizer = config.object("bias_regularizer", Regularizer.class, biasRegularizer);
    kernelConstraint = config.object("kernel_constraint", Constraint.class, kernelConstraint);
    recurrentConstraint =
        config.object("recurrent_constraint", Constraint.class, recurrentConstraint);
    biasConstraint = config.object("bias_constraint", Constraint.class, biasConstraint);
    dropout = Allowed.fraction(owner, "dropout", config.number("dropout", dropout));
    recurrentDropout =
        Allowed.fraction(
            owner, "recurrent_dropout", config.number("recurrent_dropout", recurrentDropout));
    seed = config.optionalInteger("seed", seed);
  }
}
