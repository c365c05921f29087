package dev.sardonyx.nn;

import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Weight;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of a model trains, at one moment.
 *
 * @param layers of each layer, a model before its parts, whether it trains
 * @param frozen of each weight whether it is frozen alone
 */
record Trainability(Map<Layer, Boolean> layers, Map<Weight, Boolean> frozen) {
  static Trainability of(Model model) {
    Trainability now = new Trainability(new LinkedHashMap<>(), new LinkedHashMap<>());
    now.add(model);
    model.weightStore().all().values().forEach(w -> now.frozen.put(w, w.isFrozen()));
    return now;
  }

  private void add(Layer layer) {
    layers.put(layer, layer.isTrainable());
    layer.parts().values().forEach(this::add);
  }

  /** Makes it so again. */
  void restore() {
    layers.forEach(Layer::trainable);
    frozen.forEach(Weight::frozen);
  }
}
