package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One number for each window of each channel of a sequence, an image or a volume.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class PoolingLayer<L extends PoolingLayer<L>> extends SingleInputLayer {
  private final int rank;
  private List<Long> poolSize;
  private @Nullable List<Long> strides;
  private Padding padding = Padding.VALID;
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

  PoolingLayer(int rank) {
    this.rank = rank;
    this.poolSize = Collections.nCopies(rank, 2L);
  }

  abstract L self();

  /** The extents of a window, or one number for all; 2 by default. */
  public L poolSize(long... size) {
    poolSize = Options.tuple(this, "pool_size", rank, size);
    return self();
  }

  /** How far the next window lies, along each axis or all; the size of the windows by default. */
  public L strides(long... newStrides) {
    strides = Options.tuple(this, "strides", rank, newStrides);
    return self();
  }

  /** What happens at the border; nothing is padded by default. */
  public L padding(Padding newPadding) {
    padding = Options.notCausal(this, newPadding);
    return self();
  }

  /** Where the channels lie; last by default. */
  public L dataFormat(DataFormat format) {
    dataFormat = format;
    return self();
  }

  /** Pools what has its channels first. */
  abstract Value pool(WindowGrid windows, Value x);

  @Override
  protected Value call(Call call, Value x) {
    Axes.requireSpatial(this, x.tensorType(), dataFormat, rank);
    WindowGrid windows = WindowGrid.undilated(poolSize, steps(), padding);
    windows.requireRoom(this, x.tensorType(), dataFormat);
    return dataFormat.ofChannelsFirst(pool(windows, dataFormat.toChannelsFirst(x)));
  }

  private List<Long> steps() {
    return strides == null ? poolSize : strides;
  }

  @Override
  public L named(String newName) {
    super.named(newName);
    return self();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    poolSize = Options.tuple(this, config, "pool_size", poolSize);
    padding = Options.notCausal(this, config.choice("padding", padding));
    strides = Options.tuple(this, config, "strides", steps());
    dataFormat = config.choice("data_format", dataFormat);
  }
}
