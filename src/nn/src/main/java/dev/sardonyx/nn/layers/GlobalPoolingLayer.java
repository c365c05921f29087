package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.stream.LongStream;

/**
 * One number for each channel: [batch, channels].
 *
 * @param <L> the layer itself, which options return
 */
public abstract class GlobalPoolingLayer<L extends GlobalPoolingLayer<L>> extends SingleInputLayer {
  private final int rank;
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;
  private boolean keepdims;

  GlobalPoolingLayer(int rank) {
    this.rank = rank;
  }

  abstract L self();

  /** Where the channels lie; last by default. */
  public L dataFormat(DataFormat format) {
    dataFormat = format;
    return self();
  }

  /** Whether the spatial axes stay, as 1; they do not by default. */
  public L keepdims(boolean keep) {
    keepdims = keep;
    return self();
  }

  @Override
  public L named(String newName) {
    super.named(newName);
    return self();
  }

  /** What is left of {@code axes}, which stay as 1 if {@code keep}. */
  abstract Value reduce(Value x, boolean keep, long... axes);

  @Override
  protected Value call(Call call, Value x) {
    Axes.requireSpatial(this, x.tensorType(), dataFormat, rank);
    // Channels first, so that the transposes of a convolution before it disappear.
    long[] axes = LongStream.range(2, rank + 2).toArray();
    Value y = reduce(dataFormat.toChannelsFirst(x), keepdims, axes);
    return keepdims ? dataFormat.ofChannelsFirst(y) : y;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    dataFormat = config.choice("data_format", dataFormat);
    keepdims = config.flag("keepdims", keepdims);
  }

  final DataFormat dataFormat() {
    return dataFormat;
  }

  final boolean keepsDims() {
    return keepdims;
  }
}
