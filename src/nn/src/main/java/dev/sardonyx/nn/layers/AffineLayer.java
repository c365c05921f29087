package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.initializers.Ones;
import dev.sardonyx.nn.initializers.Zeros;
import dev.sardonyx.nn.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * A normalization that ends with a learned factor gamma and summand beta, with the options that
 * Keras gives all of these. Statistics are computed in float32 at least.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class AffineLayer<L extends AffineLayer<L>> extends SingleInputLayer {
  private double epsilon = 1e-3;
  private boolean center = true;
  private boolean scale = true;
  private Initializer betaInitializer = Zeros.zeros();
  private Initializer gammaInitializer = Ones.ones();
  private @Nullable Regularizer betaRegularizer;
  private @Nullable Regularizer gammaRegularizer;
  private @Nullable Constraint betaConstraint;
  private @Nullable Constraint gammaConstraint;
  private @Nullable Weight gamma;
  private @Nullable Weight beta;

  AffineLayer() {}

  abstract L self();

  /** What is added to the variance; 0.001 by default. */
  public L epsilon(double newEpsilon) {
    epsilon = Allowed.notNegative(this, "epsilon", newEpsilon);
    return self();
  }

  /** Whether beta is added; it is by default. */
  public L center(boolean centers) {
    center = centers;
    return self();
  }

  /** Whether there is a factor gamma; there is by default. */
  public L scale(boolean scales) {
    scale = scales;
    return self();
  }

  /** How beta begins: with zeros by default. */
  public L betaInitializer(Initializer initializer) {
    betaInitializer = initializer;
    return self();
  }

  /** How gamma begins: with ones by default. */
  public L gammaInitializer(Initializer initializer) {
    gammaInitializer = initializer;
    return self();
  }

  /** A penalty on beta; there is none by default. */
  public L betaRegularizer(@Nullable Regularizer regularizer) {
    betaRegularizer = regularizer;
    return self();
  }

  /** A penalty on gamma; there is none by default. */
  public L gammaRegularizer(@Nullable Regularizer regularizer) {
    gammaRegularizer = regularizer;
    return self();
  }

  /** What beta is projected onto after every step; nothing by default. */
  public L betaConstraint(@Nullable Constraint constraint) {
    betaConstraint = constraint;
    return self();
  }

  /** What gamma is projected onto after every step; nothing by default. */
  public L gammaConstraint(@Nullable Constraint constraint) {
    gammaConstraint = constraint;
    return self();
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  final double epsilon() {
    return epsilon;
  }

  /** Makes gamma, if there is one, and beta, if there is one. */
  final void addAffine(long... dims) {
    if (scale) {
      gamma =
          addWeight("gamma", gammaInitializer, gammaRegularizer, true, dims)
              .constraint(gammaConstraint);
    }
    if (center) {
      beta =
          addWeight("beta", betaInitializer, betaRegularizer, true, dims)
              .constraint(betaConstraint);
    }
  }

  /** Gamma in the type of the statistics, or null. */
  final @Nullable Value gamma(Call call) {
    return gamma == null ? null : call.variable(gamma).cast(statisticsType());
  }

  /** Beta in the type of the statistics, or null. */
  final @Nullable Value beta(Call call) {
    return beta == null ? null : call.variable(beta).cast(statisticsType());
  }

  /** The type that statistics are computed in: a sum of float16 overflows. */
  final ElementType statisticsType() {
    return computeType() == ElementType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
  }

  /** (x - mean) / √(variance + epsilon) · gamma + beta, of values that broadcast. */
  final Value normalized(
      Value x, Value mean, Value variance, @Nullable Value factor, @Nullable Value summand) {
    Value gain = variance.add(epsilon).sqrt().reciprocal();
    Value y = x.sub(mean).mul(factor == null ? gain : gain.mul(factor));
    return summand == null ? y : y.add(summand);
  }

  /** The options of gamma and beta, behind those that the layer has itself. */
  final void configureAffine(Config config) {
    epsilon(config.number("epsilon", epsilon));
    center = config.flag("center", center);
    scale = config.flag("scale", scale);
    betaInitializer = Options.initializer(config, "beta_initializer", betaInitializer);
    gammaInitializer = Options.initializer(config, "gamma_initializer", gammaInitializer);
    betaRegularizer = config.object("beta_regularizer", Regularizer.class, betaRegularizer);
    gammaRegularizer = config.object("gamma_regularizer", Regularizer.class, gammaRegularizer);
    betaConstraint = config.object("beta_constraint", Constraint.class, betaConstraint);
    gammaConstraint = config.object("gamma_constraint", Constraint.class, gammaConstraint);
  }
}
