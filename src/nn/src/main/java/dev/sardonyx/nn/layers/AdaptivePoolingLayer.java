package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As many windows along each axis as asked for: of n elements, window i of m sees those from ⌊i · n
 * / m⌋ to ⌈(i + 1) · n / m⌉, which is left out.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class AdaptivePoolingLayer<L extends AdaptivePoolingLayer<L>>
    extends SingleInputLayer {
  private final int rank;
  private List<Long> outputSize;
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

  AdaptivePoolingLayer(int rank) {
    this.rank = rank;
    this.outputSize = Collections.nCopies(rank, 0L);
  }

  abstract L self();

  final L with(long... size) {
    outputSize = Options.tuple(this, "output_size", rank, size);
    return self();
  }

  /** Where the channels lie; last by default. */
  public L dataFormat(DataFormat format) {
    dataFormat = format;
    return self();
  }

  @Override
  public L named(String newName) {
    super.named(newName);
    return self();
  }

  /** How the elements of a window become one. */
  abstract AdaptiveWindows.Pool pool();

  @Override
  protected Value call(Call call, Value given) {
    Axes.requireSpatial(this, given.tensorType(), dataFormat, rank);
    Value x = pool() == AdaptiveWindows.Pool.MEAN ? given.cast(computeType()) : given;
    Value y = pooled(pool(), outputSize, dataFormat.toChannelsFirst(x));
    return dataFormat.ofChannelsFirst(y);
  }

  /** [batch, channels, …] with its spatial axes pooled to this size. */
  public static Value pooled(AdaptiveWindows.Pool pool, List<Long> size, Value x) {
    List<Long> even = evenWindows(x.tensorType(), size);
    if (even != null) {
      return pool.of(WindowGrid.undilated(even, even, Padding.VALID), x);
    }
    Value y = x;
    for (int i = 0; i < size.size(); i++) {
      y = AdaptiveWindows.pool(y, i + 2, size.get(i), pool);
    }
    return y;
  }

  /** The size of windows that divide all axes evenly, if they do. */
  private static @Nullable List<Long> evenWindows(TensorType input, List<Long> size) {
    List<Dim> extents = DataFormat.CHANNELS_FIRST.spatial(input);
    List<Long> windows = new ArrayList<>();
    for (int i = 0; i < size.size(); i++) {
      Dim extent = extents.get(i);
      if (!extent.isFixed() || extent.value() % size.get(i) != 0 || extent.is(0)) {
        return null;
      }
      windows.add(extent.value() / size.get(i));
    }
    return windows;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    outputSize = Options.tuple(this, config, "output_size", outputSize);
    dataFormat = config.choice("data_format", dataFormat);
  }
}
