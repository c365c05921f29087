package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/**
 * All axes but the batch as one, channels running fastest in either data format. A batch of scalars
 * gets an axis of 1.
 */
public final class Flatten extends SingleInputLayer {
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

  Flatten() {}

  public static Flatten flatten() {
    return new Flatten();
  }

  /** Where the input's channels lie; last by default. */
  public Flatten dataFormat(DataFormat format) {
    dataFormat = format;
    return this;
  }

  @Override
  protected Value call(Call call, Value x) {
    int rank = Axes.rankAtLeast(this, x.tensorType(), 1);
    if (rank == 1) {
      return x.unsqueeze(1);
    }
    return Axes.move(x, dataFormat.channelAxis(rank), rank - 1).flatten(1);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    dataFormat = config.choice("data_format", dataFormat);
  }
}
