package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.GlorotUniform;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.initializers.Zeros;
import dev.sardonyx.nn.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/** What the projections of one attention layer have in common. */
final class ProjectionOptions {
  boolean useBias = true;
  Initializer kernelInitializer = GlorotUniform.glorotUniform();
  Initializer biasInitializer = Zeros.zeros();
  @Nullable Regularizer kernelRegularizer;
  @Nullable Regularizer biasRegularizer;
  @Nullable Regularizer activityRegularizer;
  @Nullable Constraint kernelConstraint;
  @Nullable Constraint biasConstraint;

  void configure(Config config) {
    useBias = config.flag("use_bias", useBias);
    kernelInitializer = Options.initializer(config, "kernel_initializer", kernelInitializer);
    biasInitializer = Options.initializer(config, "bias_initializer", biasInitializer);
    kernelRegularizer = config.object("kernel_regularizer", Regularizer.class, kernelRegularizer);
    biasRegularizer = config.object("bias_regularizer", Regularizer.class, biasRegularizer);
    activityRegularizer =
        config.object("activity_regularizer", Regularizer.class, activityRegularizer);
    kernelConstraint = config.object("kernel_constraint", Constraint.class, kernelConstraint);
    biasConstraint = config.object("bias_constraint", Constraint.class, biasConstraint);
  }
}
