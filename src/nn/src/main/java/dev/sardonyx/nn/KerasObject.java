package dev.sardonyx.nn;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.ops.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects as Keras 3 writes them: module, class, configuration, registered name. */
final class KerasObject {
  /** Layers that are not part of Keras's public API. */
  private static final Map<String, String> INTERNAL =
      Map.of(
          "LayerScale", "keras.src.applications.convnext",
          "CustomScaleLayer", "keras.src.applications.inception_resnet_v2");

  private static final Set<String> WRAPPED =
      Set.of("layer", "cell", "cells", "backward_layer", "forward_layer", "layers");

  private KerasObject() {}

  /** A layer of the public API. */
  static Map<String, Object> layer(String className, Map<String, Object> config) {
    return object("keras.layers", className, config, null);
  }

  /** Any layer, called {@code name}. */
  static Map<String, Object> of(Layer layer, @Nullable String name) {
    Map<String, Object> config = withModules(layer.config());
    if (name != null) {
      config.put("name", name);
    }
    String className = layer.className();
    if (layer instanceof Operation operation) {
      return object(operation.module(), className, config, className);
    }
    if (layer instanceof Model) {
      return object("keras.src.models.functional", "Functional", config, "Functional");
    }
    if (className.equals("Sequential")) {
      return object("keras", className, config, null);
    }
    String internal = INTERNAL.get(className);
    return internal == null
        ? layer(className, config)
        : object(internal, className, config, className);
  }

  private static Map<String, Object> object(
      String module, String className, Map<String, Object> config, @Nullable String registered) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("module", module);
    object.put("class_name", className);
    object.put("config", config);
    object.put("registered_name", registered);
    return object;
  }

  private static Map<String, Object> withModules(Map<String, Object> config) {
    Map<String, Object> copy = new LinkedHashMap<>();
    config.forEach((key, value) -> copy.put(key, withModule(key, value)));
    return copy;
  }

  private static @Nullable Object withModule(String key, @Nullable Object value) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(withModule(key, item)));
      return items;
    }
    if (!(value instanceof Map<?, ?> map)) {
      return plain(value);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((k, v) -> object.put(String.valueOf(k), v));
    if (object.containsKey("module")
        || !(object.get("class_name") instanceof String className)
        || !(object.get("config") instanceof Map<?, ?> config)) {
      return object;
    }
    Map<String, Object> options = new LinkedHashMap<>();
    config.forEach((k, v) -> options.put(String.valueOf(k), v));
    return object(module(key, className), className, withModules(options), null);
  }

  private static String module(String key, String className) {
    if (key.endsWith("initializer")) {
      return "keras.initializers";
    }
    if (key.endsWith("regularizer")) {
      return "keras.regularizers";
    }
    if (key.endsWith("constraint")) {
      return "keras.constraints";
    }
    if (className.equals("Functional")) {
      return "keras.src.models.functional";
    }
    if (className.equals("Sequential")) {
      return "keras";
    }
    return WRAPPED.contains(key) ? "keras.layers" : "keras";
  }

  /** {@code {"class_name": "__…__", "config": …}}. */
  static Map<String, Object> special(String className, Map<String, @Nullable Object> config) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("class_name", className);
    object.put("config", config);
    return object;
  }

  /** A value of a configuration or a call as JSON. */
  static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Tensor tensor) {
      Map<String, @Nullable Object> config = new LinkedHashMap<>();
      config.put("value", nested(tensor, 0, 0));
      config.put("dtype", tensor.element().toString());
      return special("__numpy__", config);
    }
    if (value instanceof ElementType element) {
      return element.toString();
    }
    return value == Arguments.Special.ELLIPSIS
        ? special("__ellipsis__", new LinkedHashMap<>())
        : value;
  }

  private static Object nested(Tensor tensor, int axis, long offset) {
    long[] dims = tensor.dims();
    if (axis == dims.length) {
      boolean whole = tensor.element().isInteger();
      double number = tensor.getDouble(offset);
      return tensor.element() == ElementType.BOOL
          ? (Object) (number != 0)
          : whole ? (Object) tensor.getLong(offset) : (Object) number;
    }
    long below = 1;
    for (int i = axis + 1; i < dims.length; i++) {
      below *= dims[i];
    }
    List<Object> items = new ArrayList<>();
    for (long i = 0; i < dims[axis]; i++) {
      items.add(nested(tensor, axis + 1, offset + i * below));
    }
    return items;
  }
}
