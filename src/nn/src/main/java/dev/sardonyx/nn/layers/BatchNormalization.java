package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Normalization;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.initializers.Ones;
import dev.sardonyx.nn.initializers.Zeros;
import dev.sardonyx.nn.regularizers.Regularizer;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * y = (x - mean) / √(variance + epsilon) · gamma + beta for each channel. Ioffe and Szegedy 2015.
 *
 * <p>In training mean and variance (the population's) are those of the batch, and moving averages
 * of them are kept: {@code moving · momentum + batch · (1 - momentum)}. Otherwise, and always if
 * the layer is frozen, they are the moving averages.
 */
public final class BatchNormalization extends SingleInputLayer {
  private long axis = -1;
  private double momentum = 0.99;
  private double epsilon = 1e-3;
  private boolean center = true;
  private boolean scale = true;
  private Initializer betaInitializer = Zeros.zeros();
  private Initializer gammaInitializer = Ones.ones();
  private Initializer movingMeanInitializer = Zeros.zeros();
  private Initializer movingVarianceInitializer = Ones.ones();
  private @Nullable Regularizer betaRegularizer;
  private @Nullable Regularizer gammaRegularizer;
  private @Nullable Weight gamma;
  private @Nullable Weight beta;
  private @Nullable Weight movingMean;
  private @Nullable Weight movingVariance;

  BatchNormalization() {}

  public static BatchNormalization batchNormalization() {
    return new BatchNormalization();
  }

  /** The axis of the channels, the last by default: 1 behind channels_first. */
  public BatchNormalization axis(long newAxis) {
    axis = newAxis;
    return this;
  }

  /** How much of the moving averages stays at each step, in [0, 1]; 0.99 by default. */
  public BatchNormalization momentum(double newMomentum) {
    momentum = Allowed.fraction(this, "momentum", newMomentum);
    return this;
  }

  /** What is added to the variance; 0.001 by default. */
  public BatchNormalization epsilon(double newEpsilon) {
    epsilon = Allowed.notNegative(this, "epsilon", newEpsilon);
    return this;
  }

  /** Whether beta is added; it is by default. */
  public BatchNormalization center(boolean centers) {
    center = centers;
    return this;
  }

  /** Whether there is a factor gamma; there is by default. */
  public BatchNormalization scale(boolean scales) {
    scale = scales;
    return this;
  }

  /** How beta begins: with zeros by default. */
  public BatchNormalization betaInitializer(Initializer initializer) {
    betaInitializer = initializer;
    return this;
  }

  /** How gamma begins: with ones by default. */
  public BatchNormalization gammaInitializer(Initializer initializer) {
    gammaInitializer = initializer;
    return this;
  }

  /** How the moving mean begins: with zeros by default. */
  public BatchNormalization movingMeanInitializer(Initializer initializer) {
    movingMeanInitializer = initializer;
    return this;
  }

  /** How the moving variance begins: with ones by default. */
  public BatchNormalization movingVarianceInitializer(Initializer initializer) {
    movingVarianceInitializer = initializer;
    return this;
  }

  /** A penalty on beta; there is none by default. */
  public BatchNormalization betaRegularizer(@Nullable Regularizer regularizer) {
    betaRegularizer = regularizer;
    return this;
  }

  /** A penalty on gamma; there is none by default. */
  public BatchNormalization gammaRegularizer(@Nullable Regularizer regularizer) {
    gammaRegularizer = regularizer;
    return this;
  }

  @Override
  protected void build(TensorType input) {
    long channels = Axes.extent(this, input, channelAxis(input));
    if (scale) {
      gamma = addWeight("gamma", gammaInitializer, gammaRegularizer, true, channels);
    }
    if (center) {
      beta = addWeight("beta", betaInitializer, betaRegularizer, true, channels);
    }
    movingMean = addWeight("moving_mean", movingMeanInitializer, null, false, channels);
    movingVariance = addWeight("moving_variance", movingVarianceInitializer, null, false, channels);
  }

  private int channelAxis(TensorType input) {
    Axes.rankAtLeast(this, input, 2);
    int resolved = Axes.resolve(this, input, axis);
    if (resolved == 0) {
      throw refuse(
          "NN-013",
          "cannot take the batch as its channels",
          input,
          "the statistics are taken over the batch; give the axis of the channels");
    }
    return resolved;
  }

  @Override
  protected Value call(Call call, Value given) {
    int channels = channelAxis(given.tensorType());
    Weight mean = built(movingMean);
    Weight variance = built(movingVariance);
    checkChannels(given.tensorType(), channels, mean.dims()[0]);
    Value x = Axes.move(given.cast(ElementType.FLOAT32), channels, 1);
    Value y =
        call.training() && isTrainable()
            ? ofBatch(call, x, mean, variance)
            : ofMovingAverages(call, x, call.weight(mean), call.weight(variance));
    return Axes.move(y, 1, channels);
  }

  private void checkChannels(TensorType input, int channelAxis, long built) {
    Dim channels = input.shape().dim(channelAxis);
    if (channels.isFixed() && !channels.is(built)) {
      throw refuse(
          "NN-011",
          "needs %s input channels, got %s".formatted(built, channels),
          input,
          "a layer that is applied twice shares its weights; channels are axis " + channelAxis);
    }
  }

  private Value ofMovingAverages(Call call, Value x, Value mean, Value variance) {
    long channels = mean.shape().dim(0).value();
    return Value.of(
        new Normalization.BatchNormalization((float) epsilon, 0.9f, false),
        x,
        gamma == null ? filled(1, channels) : call.weight(gamma),
        beta == null ? filled(0, channels) : call.weight(beta),
        mean,
        variance);
  }

  private static Value filled(double value, long channels) {
    return Value.constant(Tensor.full(ElementType.FLOAT32, value, channels));
  }

  private Value ofBatch(Call call, Value x, Weight movingMean, Weight movingVariance) {
    long channels = movingMean.dims()[0];
    int rank = x.shape().rank();
    long[] others = LongStream.range(0, rank).filter(i -> i != 1).toArray();
    Value mean = x.mean(true, others);
    Value centred = x.sub(mean);
    Value variance = centred.square().mean(true, others);
    call.update(movingMean, moved(call.weight(movingMean), mean.squeeze(others)));
    call.update(movingVariance, moved(call.weight(movingVariance), variance.squeeze(others)));
    // As the operator, whose gradient takes fewer passes than that of its parts.
    return Value.of(
        new Normalization.BatchNormalization((float) epsilon, 0.9f, true),
        x,
        gamma == null ? filled(1, channels) : call.weight(gamma),
        beta == null ? filled(0, channels) : call.weight(beta),
        call.weight(movingMean),
        call.weight(movingVariance));
  }

  private Value moved(Value moving, Value ofBatch) {
    return moving.mul(momentum).add(ofBatch.mul(1 - momentum));
  }

  private Weight built(@Nullable Weight weight) {
    if (weight == null) {
      throw new IllegalStateException(this + " has not seen an input yet");
    }
    return weight;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    axis = axis(config.axes("axis", List.of(axis)));
    momentum(config.number("momentum", momentum));
    epsilon(config.number("epsilon", epsilon));
    center = config.flag("center", center);
    scale = config.flag("scale", scale);
    betaInitializer = Options.initializer(config, "beta_initializer", betaInitializer);
    gammaInitializer = Options.initializer(config, "gamma_initializer", gammaInitializer);
    movingMeanInitializer =
        Options.initializer(config, "moving_mean_initializer", movingMeanInitializer);
    movingVarianceInitializer =
        Options.initializer(config, "moving_variance_initializer", movingVarianceInitializer);
    betaRegularizer = config.object("beta_regularizer", Regularizer.class, betaRegularizer);
    gammaRegularizer = config.object("gamma_regularizer", Regularizer.class, gammaRegularizer);
    config.unsupported("beta_constraint", null);
    config.unsupported("gamma_constraint", null);
    config.unsupported("synchronized", false);
    config.unsupported("renorm", false);
    config.unsupported("renorm_clipping", null);
    // Of no effect without renorm.
    config.json("renorm_momentum", 0.99);
  }

  /** Files of Keras 2 have a list here. */
  private long axis(List<Long> axes) {
    if (axes.size() != 1) {
      throw Allowed.refusal(this, "axis", "one axis", axes, "several are not supported");
    }
    return axes.get(0);
  }
}
