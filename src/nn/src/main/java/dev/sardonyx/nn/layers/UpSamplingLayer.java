package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.Collections;
import java.util.List;

/**
 * The spatial axes some whole number of times as long.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class UpSamplingLayer<L extends UpSamplingLayer<L>> extends SingleInputLayer {
  private final int rank;
  private List<Long> size;
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

  UpSamplingLayer(int rank) {
    this.rank = rank;
    this.size = Collections.nCopies(rank, 2L);
  }

  abstract L self();

  final L with(long... newSize) {
    size = Options.tuple(this, "size", rank, newSize);
    return self();
  }

  final L format(DataFormat format) {
    dataFormat = format;
    return self();
  }

  @Override
  public L named(String newName) {
    super.named(newName);
    return self();
  }

  /** How elements are made; each is repeated unless there is a choice. */
  Interpolation interpolation() {
    return Interpolation.NEAREST;
  }

  @Override
  protected final Value call(Call call, Value x) {
    Axes.requireSpatial(this, x.tensorType(), dataFormat, rank);
    Interpolation how = interpolation();
    Value given = how == Interpolation.NEAREST ? x : x.cast(computeType());
    return dataFormat.ofChannelsFirst(how.enlarge(dataFormat.toChannelsFirst(given), size));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    // Keras writes the one number of a sequence as such.
    size =
        rank == 1
            ? Options.tuple(this, "size", 1, config.integer("size", size.get(0)))
            : Options.tuple(this, config, "size", size);
    if (rank > 1) {
      dataFormat = config.choice("data_format", dataFormat);
    }
  }
}
