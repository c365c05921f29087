package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.config.Config;

/** The mean of each channel over height and width: [batch, channels]. */
public final class GlobalAveragePooling2D extends SingleInputLayer {
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;
  private boolean keepdims;

  GlobalAveragePooling2D() {}

  public static GlobalAveragePooling2D globalAveragePooling2d() {
    return new GlobalAveragePooling2D();
  }

  /** Where the channels lie; last by default. */
  public GlobalAveragePooling2D dataFormat(DataFormat format) {
    dataFormat = format;
    return this;
  }

  /** Whether height and width stay, as 1; they do not by default. */
  public GlobalAveragePooling2D keepdims(boolean keep) {
    keepdims = keep;
    return this;
  }

  @Override
  protected Value call(Call call, Value x) {
    Axes.requireImages(this, x.tensorType(), dataFormat);
    // Channels first, so that the transposes of a convolution before it disappear.
    Value images = dataFormat.toChannelsFirst(x.cast(computeType()));
    Value mean = images.mean(keepdims, 2, 3);
    return keepdims ? dataFormat.ofChannelsFirst(mean) : mean;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    dataFormat = config.choice("data_format", dataFormat);
    keepdims = config.flag("keepdims", keepdims);
  }
}
