package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One number for each window of each channel of an image. */
public abstract class Pooling2D extends SingleInputLayer {
  private static final List<Long> ONE = List.of(1L, 1L);

  private List<Long> poolSize = List.of(2L, 2L);
  private @Nullable List<Long> strides;
  private Padding padding = Padding.VALID;
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

  Pooling2D() {}

  /** Height and width of a window, or one number for both; 2 by default. */
  public Pooling2D poolSize(long... size) {
    poolSize = Options.pair(this, "pool_size", size);
    return this;
  }

  /** How far the next window lies, down and to the right; the size of the windows by default. */
  public Pooling2D strides(long... newStrides) {
    strides = Options.pair(this, "strides", newStrides);
    return this;
  }

  /** What happens at the border; nothing is padded by default. */
  public Pooling2D padding(Padding newPadding) {
    padding = newPadding;
    return this;
  }

  /** Where the channels lie; last by default. */
  public Pooling2D dataFormat(DataFormat format) {
    dataFormat = format;
    return this;
  }

  /** Pools images that have their channels first. */
  abstract Value pool(Value images, List<Long> size, List<Long> steps, WindowGrid.OnnxPadding onnx);

  @Override
  protected Value call(Call call, Value x) {
    Axes.requireImages(this, x.tensorType(), dataFormat);
    WindowGrid windows = new WindowGrid(poolSize, steps(), ONE, padding);
    WindowGrid.OnnxPadding onnx = windows.padding(this, x.tensorType(), dataFormat);
    Value y = pool(dataFormat.toChannelsFirst(x), poolSize, steps(), onnx);
    return dataFormat.ofChannelsFirst(y);
  }

  private List<Long> steps() {
    return strides == null ? poolSize : strides;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    poolSize = Options.pair(this, config, "pool_size", poolSize);
    padding = config.choice("padding", padding);
    strides = Options.pair(this, config, "strides", steps());
    dataFormat = config.choice("data_format", dataFormat);
  }
}
