package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * y = (x - mean) / √(variance + epsilon) · gamma + beta, with the mean and variance of a group of
 * each sample's channels; groups of one channel make instance normalization. Wu and He 2018.
 */
public final class GroupNormalization extends AffineLayer<GroupNormalization> {
  private long groups = 32;
  private long axis = -1;

  GroupNormalization() {}

  /** With 32 groups. */
  public static GroupNormalization groupNormalization() {
    return new GroupNormalization();
  }

  /**
   * @param groups a divisor of the number of channels; -1 for one group a channel
   */
  public static GroupNormalization groupNormalization(long groups) {
    GroupNormalization made = new GroupNormalization();
    made.groups = made.checked(groups);
    return made;
  }

  private long checked(long given) {
    return given == -1 ? given : Allowed.atLeast(1, this, "groups", given);
  }

  @Override
  GroupNormalization self() {
    return this;
  }

  /** The axis of the channels, the last by default. */
  public GroupNormalization axis(long newAxis) {
    axis = newAxis;
    return this;
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected void build(TensorType input) {
    long channels = Axes.extent(this, input, Axes.resolve(this, input, axis));
    long count = groups == -1 ? channels : groups;
    if (channels % count != 0) {
      throw refuse(
          "NN-017",
          "cannot divide %s channels into %s groups".formatted(channels, count),
          input,
          "the number of channels must be a multiple of the number of groups");
    }
    addAffine(channels);
  }

  @Override
  protected Value call(Call call, Value given) {
    int channelAxis = Axes.resolve(this, given.tensorType(), axis);
    Value x = Axes.move(given.cast(statisticsType()), channelAxis, 1);
    long channels = Axes.extent(this, x.tensorType(), 1);
    long count = groups == -1 ? channels : groups;
    // [batch, groups, channels of a group and all that is behind them]
    Value grouped = x.reshape(0, count, -1);
    Value mean = grouped.mean(true, 2);
    Value variance = grouped.sub(mean).square().mean(true, 2);
    Value gain = variance.add(epsilon()).sqrt().reciprocal();
    Value y = grouped.sub(mean).mul(gain).reshapeLike(x);
    int rank = x.shape().rank();
    Value gamma = overChannels(gamma(call), rank);
    Value beta = overChannels(beta(call), rank);
    Value scaled = gamma == null ? y : y.mul(gamma);
    Value moved = beta == null ? scaled : scaled.add(beta);
    return Axes.move(moved, 1, channelAxis).cast(computeType());
  }

  private static @Nullable Value overChannels(@Nullable Value vector, int rank) {
    return vector == null || rank == 2
        ? vector
        : vector.unsqueeze(LongStream.range(1, rank - 1).toArray());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    groups = checked(config.integer("groups", groups));
    axis = config.integer("axis", axis);
    configureAffine(config);
  }
}
