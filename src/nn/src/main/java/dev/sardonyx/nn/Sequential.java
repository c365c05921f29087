package dev.sardonyx.nn;

import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import java.util.List;

/** Models whose layers stand in a row. */
public final class Sequential {
  private Sequential() {}

  /**
   * The model that passes {@code input} through {@code layers}, each taking what the one before
   * gives. A wrong shape is refused at the line where the layer was made.
   */
  public static Model of(Input input, Layer... layers) {
    SymbolicTensor last = input;
    for (Layer layer : layers) {
      last = layer.applyAll(List.of(last), layer.at()).get(0);
    }
    return Model.of(input, last);
  }
}
