package dev.sardonyx.keras;

import dev.sardonyx.nn.ops.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says the architecture of any file as Keras 3 says it in a {@code .keras} archive: modules that
 * HDF5 leaves out, and all that Keras 1 and 2 called otherwise.
 */
final class Upgrade {
  private static final Set<String> MODELS = Set.of("Functional", "Sequential", "Model");

  private final boolean old;

  private Upgrade(boolean old) {
    this.old = old;
  }

  static Map<String, Object> toKeras3(KerasFile file) {
    Map<String, Object> architecture = file.architecture();
    String version = file.kerasVersion();
    boolean unknown = version.equals(KerasFile.UNKNOWN_VERSION);
    boolean old =
        unknown
            ? architecture.toString().contains("batch_input_shape")
            : version.startsWith("1.") || version.startsWith("2.");
    return renamed(new Upgrade(old).model(architecture));
  }

  /** Classes that early versions of Keras 3 wrote under the names that they have inside. */
  private static final Map<String, String> CLASSES =
      Map.of("OrthogonalInitializer", "Orthogonal", "IdentityInitializer", "Identity");

  private static Map<String, Object> renamed(Map<String, Object> object) {
    Map<String, Object> copy = new LinkedHashMap<>();
    object.forEach((key, value) -> copy.put(key, renamed(value)));
    copy.computeIfPresent(
        "class_name", (key, name) -> CLASSES.getOrDefault(name, String.valueOf(name)));
    return copy;
  }

  private static @Nullable Object renamed(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return renamed(strings(map));
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(renamed(item)));
      return items;
    }
    return value;
  }

  private Map<String, Object> model(Map<String, Object> model) {
    Map<String, Object> copy = new LinkedHashMap<>(model);
    Object config = model.get("config");
    // Keras 2.0 to 2.2 have the list of layers alone.
    Map<String, Object> options = new LinkedHashMap<>();
    if (config instanceof List<?> list) {
      options.put("name", "sequential");
      options.put("layers", list);
    } else if (config instanceof Map<?, ?> map) {
      options.putAll(strings(map));
    } else {
      return copy;
    }
    if ("Model".equals(model.get("class_name"))) {
      copy.put("class_name", "Functional");
    }
    if (options.get("layers") instanceof List<?> layers) {
      List<Object> upgraded = new ArrayList<>();
      Set<String> nested = LegacyNodes.modelsIn(layers);
      for (Object item : layers) {
        upgraded.add(item instanceof Map<?, ?> layer ? layer(strings(layer), nested) : item);
      }
      options.put("layers", upgraded);
      if (old && "Sequential".equals(model.get("class_name"))) {
        addInput(layers, upgraded);
      }
      if (old && options.containsKey("output_layers")) {
        options.put("output_layers", LegacyNodes.outputs(options.get("output_layers"), layers));
      }
    }
    copy.put("config", options);
    return copy;
  }

  /** A Sequential of Keras 2 may say what it takes in its first layer only. */
  private static void addInput(List<?> layers, List<Object> upgraded) {
    if (layers.isEmpty()
        || !(layers.get(0) instanceof Map<?, ?> first)
        || "InputLayer".equals(first.get("class_name"))
        || !(first.get("config") instanceof Map<?, ?> config)
        || config.get("batch_input_shape") == null) {
      return;
    }
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("batch_shape", config.get("batch_input_shape"));
    boolean ids = "Embedding".equals(first.get("class_name"));
    options.put("dtype", ids ? "float32" : LegacyConfig.elementOf(config.get("dtype")));
    options.put("name", config.get("name") + "_input");
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("class_name", "InputLayer");
    input.put("config", options);
    input.put("name", options.get("name"));
    input.put("inbound_nodes", List.of());
    upgraded.add(0, input);
  }

  private Map<String, Object> layer(Map<String, Object> layer, Set<String> nested) {
    String className = String.valueOf(layer.get("class_name"));
    Map<String, Object> copy =
        MODELS.contains(className) ? model(layer) : new LinkedHashMap<>(layer);
    if (old) {
      LegacyNodes.upgrade(copy, nested);
      if (!MODELS.contains(className)) {
        return legacyLayer(copy);
      }
    }
    Object own = layer.get("config") instanceof Map<?, ?> config ? config.get("name") : null;
    Object name = layer.getOrDefault("name", own);
    if (!old && String.valueOf(name).contains("/")) {
      throw Refusals.name(String.valueOf(name));
    }
    if (layer.get("module") == null && isOperation(layer, className)) {
      copy.put("module", "keras.src.ops");
    }
    return copy;
  }

  private Map<String, Object> legacyLayer(Map<String, Object> layer) {
    if (TensorFlowFunctions.isFunction(layer)) {
      return TensorFlowFunctions.operation(layer);
    }
    Map<String, Object> upgraded = LegacyConfig.upgrade(layer);
    if (upgraded.get("config") instanceof Map<?, ?> config) {
      Map<String, Object> options = strings(config);
      options.replaceAll((key, value) -> wrapped(value));
      upgraded.put("config", options);
    }
    return upgraded;
  }

  /** A layer inside another one: a wrapper's, a cell, a model. */
  private @Nullable Object wrapped(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(wrapped(item)));
      return items;
    }
    boolean object =
        value instanceof Map<?, ?> map
            && map.get("class_name") instanceof String
            && map.get("config") instanceof Map<?, ?> config
            && (config.containsKey("trainable") || config.containsKey("layers"));
    return object ? layer(strings((Map<?, ?>) value), Set.of()) : value;
  }

  /**
   * In HDF5 Keras 3 leaves out the module, by which a layer and an operation of the same name are
   * told apart. A layer's configuration always has a dtype or says whether it trains.
   */
  private static boolean isOperation(Map<String, Object> layer, String className) {
    boolean isLayer =
        layer.get("config") instanceof Map<?, ?> config
            && (config.containsKey("trainable")
                || config.containsKey("dtype") && !className.equals("Cast"));
    return !isLayer && Operation.exists(className);
  }

  static Map<String, Object> strings(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }
}
