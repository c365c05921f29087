package dev.sardonyx.keras;

import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights to be written in the layout of {@code .h5} models: the weights of each layer of the
 * outermost model, by the layer's name, in the order that Keras lists them.
 */
public final class NamedTensors {
  private final Map<String, Map<String, Tensor>> layers = new LinkedHashMap<>();
  private final Map<String, Tensor> topLevel = new LinkedHashMap<>();

  /**
   * Adds the next layer of the model's order, with its weights by name ({@code
   * sequential/dense/kernel}) in the map's order.
   *
   * @return this
   * @throws IllegalArgumentException for a layer that was added before
   */
  public NamedTensors add(String layer, Map<String, Tensor> weights) {
    if (layers.putIfAbsent(layer, new LinkedHashMap<>(weights)) != null) {
      throw new IllegalArgumentException("there is a layer " + layer + " already");
    }
    return this;
  }

  /** Adds weights that the model has beside its layers. */
  public NamedTensors addTopLevel(Map<String, Tensor> weights) {
    topLevel.putAll(weights);
    return this;
  }

  Map<String, Tensor> topLevel() {
    return topLevel;
  }

  Map<String, Map<String, Tensor>> layers() {
    return layers;
  }

  List<String> names() {
    return new ArrayList<>(layers.keySet());
  }
}
