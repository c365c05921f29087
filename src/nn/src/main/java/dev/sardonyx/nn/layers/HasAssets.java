package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.Tensor;
import java.util.Map;

/** A layer that keeps more than weights: files beside them, and variables by names of their own. */
public interface HasAssets {
  /** The files by name, {@code vocabulary.txt}; none where the configuration says it all. */
  Map<String, byte[]> assets();

  /** Takes one of these files; a Diagnostic for bytes that are none. */
  void asset(String name, byte[] bytes);

  /** What a weight file keeps for the layer by name instead of by number; mostly nothing. */
  default Map<String, Tensor> namedVariables() {
    return Map.of();
  }

  /** Takes one of these variables; names that the layer does not know are left alone. */
  default void namedVariable(String name, Tensor value) {}
}
