package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Normalization;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.initializers.Ones;
import dev.sardonyx.nn.initializers.Zeros;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * y = (x - mean) / √(variance + epsilon) · gamma + beta for each channel. Ioffe and Szegedy 2015.
 *
 * <p>In training mean and variance (the population's) are those of the batch, and moving averages
 * of them are kept: {@code moving · momentum + batch · (1 - momentum)}. Otherwise, and always if
 * the layer is frozen, they are the moving averages. Where the input has a mask, only what counts
 * is averaged.
 */
public final class BatchNormalization extends AffineLayer<BatchNormalization> {
  private long axis = -1;
  private double momentum = 0.99;
  private Initializer movingMeanInitializer = Zeros.zeros();
  private Initializer movingVarianceInitializer = Ones.ones();
  private boolean synchronizes;
  private boolean renorm;
  private @Nullable Object renormClipping;
  private @Nullable Weight movingMean;
  private @Nullable Weight movingVariance;

  BatchNormalization() {}

  public static BatchNormalization batchNormalization() {
    return new BatchNormalization();
  }

  @Override
  BatchNormalization self() {
    return this;
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

  @Override
  protected boolean changesInTraining() {
    return isTrainable();
  }

  @Override
  protected void build(TensorType input) {
    long channels = Axes.extent(this, input, channelAxis(input));
    addAffine(channels);
    movingMean = addWeight("moving_mean", movingMeanInitializer, null, false, channels);
    movingVariance = addWeight("moving_variance", movingVarianceInitializer, null, false, channels);
    if (renorm) {
      addWeight("moving_stddev", movingVarianceInitializer, null, false, channels);
      addWeight("renorm_mean", movingMeanInitializer, null, false, channels);
      addWeight("renorm_stddev", movingVarianceInitializer, null, false, channels);
    }
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
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    if (!call.training() || !isTrainable()) {
      return super.callWith(call, arguments);
    }
    Masked given = arguments.optional(this, -1, "mask");
    Masked x = arguments.tensor(this, 0, "inputs");
    Value mask = given == null ? x.mask() : given.value();
    return List.of(new Masked(call(call, x.value(), mask), mask));
  }

  @Override
  protected Value call(Call call, Value given) {
    return call(call, given, null);
  }

  private Value call(Call call, Value given, @Nullable Value mask) {
    int channels = channelAxis(given.tensorType());
    Weight mean = built(movingMean);
    Weight variance = built(movingVariance);
    checkChannels(given.tensorType(), channels, mean.dims()[0]);
    Value x = Axes.move(given.cast(statisticsType()), channels, 1);
    Value counted = mask == null ? null : aligned(mask, x, channels);
    Value y =
        call.training() && isTrainable()
            ? ofBatch(call, x, mean, variance, counted)
            : ofMovingAverages(call, x, call.variable(mean), call.variable(variance));
    return Axes.move(y, 1, channels).cast(computeType());
  }

  /** A mask over all axes but the channels as zeros and ones that broadcast against {@code x}. */
  private static Value aligned(Value mask, Value x, int channels) {
    Value last = mask.cast(x.element()).unsqueeze(mask.shape().rank());
    return Axes.move(last, channels, 1);
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
    Value gamma = gamma(call);
    Value beta = beta(call);
    return Value.of(
        new Normalization.BatchNormalization((float) epsilon(), 0.9f, false),
        x,
        gamma == null ? filled(1, channels) : gamma,
        beta == null ? filled(0, channels) : beta,
        mean.cast(statisticsType()),
        variance.cast(statisticsType()));
  }

  private Value filled(double value, long channels) {
    return Value.constant(Tensor.full(statisticsType(), value, channels));
  }

  private Value ofBatch(
      Call call, Value x, Weight movingMean, Weight movingVariance, @Nullable Value counted) {
    if (renorm) {
      throw refuse(
          "NN-002",
          "cannot be trained with renorm",
          x.tensorType(),
          "freeze the layer, or make one without renorm");
    }
    int rank = x.shape().rank();
    long[] others = LongStream.range(0, rank).filter(i -> i != 1).toArray();
    Value mean = mean(x, counted, others);
    Value variance = mean(x.sub(mean).square(), counted, others);
    call.update(movingMean, moved(call, movingMean, mean.squeeze(others)));
    call.update(movingVariance, moved(call, movingVariance, variance.squeeze(others)));
    Value gamma = gamma(call);
    Value beta = beta(call);
    if (counted == null) {
      // As the operator, whose gradient takes fewer passes than that of its parts.
      long channels = movingMean.dims()[0];
      return Value.of(
          new Normalization.BatchNormalization((float) epsilon(), 0.9f, true),
          x,
          gamma == null ? filled(1, channels) : gamma,
          beta == null ? filled(0, channels) : beta,
          call.variable(movingMean).cast(statisticsType()),
          call.variable(movingVariance).cast(statisticsType()));
    }
    return normalized(
        x,
        mean,
        variance,
        gamma == null ? null : overChannels(gamma, rank),
        beta == null ? null : overChannels(beta, rank));
  }

  private static Value mean(Value x, @Nullable Value counted, long[] axes) {
    if (counted == null) {
      return x.mean(true, axes);
    }
    Value sum = x.mul(counted).sum(true, axes);
    return sum.div(counted.sum(true, axes).add(1e-7));
  }

  private Value moved(Call call, Weight moving, Value ofBatch) {
    return call.variable(moving)
        .cast(statisticsType())
        .mul(momentum)
        .add(ofBatch.mul(1 - momentum));
  }

  /** A vector over channels as it broadcasts against [batch, channels, …]. */
  private static Value overChannels(Value vector, int rank) {
    return rank == 2 ? vector : vector.unsqueeze(LongStream.range(1, rank - 1).toArray());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    axis = axis(config.axes("axis", List.of(axis)));
    momentum(config.number("momentum", momentum));
    configureAffine(config);
    movingMeanInitializer =
        Options.initializer(config, "moving_mean_initializer", movingMeanInitializer);
    movingVarianceInitializer =
        Options.initializer(config, "moving_variance_initializer", movingVarianceInitializer);
    // With one device there is nothing to synchronize.
    synchronizes = config.flag("synchronized", synchronizes);
    renorm = config.flag("renorm", renorm);
    renormClipping = config.json("renorm_clipping", renormClipping);
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
