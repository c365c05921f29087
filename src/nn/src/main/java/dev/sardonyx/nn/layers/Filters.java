package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Value;
import java.util.List;

/** Small filters over images, channels first. */
final class Filters {
  private Filters() {}

  /**
   * Each channel filtered by itself, zeros outside.
   *
   * @param kernel [height, width], odd numbers
   */
  static Value perChannel(Layer layer, Value x, Value kernel) {
    long channels = Axes.extent(layer, x.tensorType(), 1);
    Value filters = kernel.cast(x.element()).unsqueeze(0, 1).tile(channels, 1, 1, 1);
    Convolution.Conv conv =
        new Convolution.Conv(
            AutoPad.SAME_UPPER, List.of(), channels, List.of(), List.of(), List.of());
    return Value.of(conv, x, filters);
  }
}
