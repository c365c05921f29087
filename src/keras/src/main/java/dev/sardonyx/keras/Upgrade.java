package dev.sardonyx.keras;

import dev.sardonyx.nn.ops.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says the architecture of any file as Keras 3 says it in a {@code .keras} archive. */
final class Upgrade {
  private Upgrade() {}

  static Map<String, Object> toKeras3(KerasFile file) {
    return withModules(file.architecture());
  }

  /**
   * In HDF5 Keras 3 leaves out the module, by which a layer and an operation of the same name are
   * told apart. A layer's configuration always has a dtype or says whether it trains.
   */
  private static Map<String, Object> withModules(Map<String, Object> model) {
    Map<String, Object> copy = new LinkedHashMap<>(model);
    if (!(model.get("config") instanceof Map<?, ?> config)
        || !(config.get("layers") instanceof List<?> layers)) {
      return copy;
    }
    List<Object> upgraded = new ArrayList<>();
    for (Object item : layers) {
      upgraded.add(item instanceof Map<?, ?> layer ? withModule(strings(layer)) : item);
    }
    Map<String, Object> options = strings(config);
    options.put("layers", upgraded);
    copy.put("config", options);
    return copy;
  }

  private static Map<String, Object> withModule(Map<String, Object> layer) {
    Map<String, Object> copy = withModules(layer);
    String className = String.valueOf(layer.get("class_name"));
    boolean isLayer =
        layer.get("config") instanceof Map<?, ?> config
            && (config.containsKey("trainable") || config.containsKey("dtype"));
    if (layer.get("module") == null && !isLayer && Operation.exists(className)) {
      copy.put("module", "keras.src.ops");
    }
    return copy;
  }

  private static Map<String, Object> strings(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }
}
