package dev.sardonyx.keras;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nodes of Keras 1 and 2, {@code [[name, node, tensor, kwargs], …]}, as those of Keras 3. */
final class LegacyNodes {
  private static final String CONSTANT = "_CONSTANT_VALUE";

  private LegacyNodes() {}

  /** The models among these layers that begin with an input: their own wiring is their node 0. */
  static Set<String> modelsIn(List<?> layers) {
    Set<String> names = new LinkedHashSet<>();
    for (Object item : layers) {
      if (item instanceof Map<?, ?> layer && layer.get("config") instanceof Map<?, ?> config) {
        boolean model = config.get("layers") instanceof List<?>;
        if (model) {
          names.add(String.valueOf(layer.get("name")));
        }
      }
    }
    return names;
  }

  /** In Keras 3 only functional models count their own wiring, and only as outputs. */
  static Object outputs(Object outputs, List<?> layers) {
    Set<String> sequential = new LinkedHashSet<>();
    for (Object item : layers) {
      if (item instanceof Map<?, ?> layer && "Sequential".equals(layer.get("class_name"))) {
        sequential.add(String.valueOf(layer.get("name")));
      }
    }
    return outputs instanceof List<?> list ? outputs(list, sequential) : outputs;
  }

  private static List<Object> outputs(List<?> outputs, Set<String> sequential) {
    if (isTensor(outputs)) {
      return tap(outputs, sequential);
    }
    List<Object> all = new ArrayList<>();
    outputs.forEach(item -> all.add(item instanceof List<?> l ? outputs(l, sequential) : item));
    return all;
  }

  private static List<Object> tap(List<?> tensor, Set<String> models) {
    Object use = tensor.get(1);
    boolean shift = models.contains(tensor.get(0)) && ((Number) use).longValue() > 0;
    return List.of(
        tensor.get(0), shift ? (Object) (((Number) use).longValue() - 1) : use, tensor.get(2));
  }

  private static boolean isTensor(@Nullable Object value) {
    return value instanceof List<?> list
        && list.size() >= 3
        && list.get(0) instanceof String
        && list.get(1) instanceof Number
        && list.get(2) instanceof Number;
  }

  /** Replaces {@code inbound_nodes} of a layer. */
  static void upgrade(Map<String, Object> layer, Set<String> models) {
    if (!(layer.get("inbound_nodes") instanceof List<?> nodes)) {
      return;
    }
    List<Object> upgraded = new ArrayList<>();
    for (Object node : nodes) {
      upgraded.add(node instanceof List<?> list ? node(list, models) : node);
    }
    layer.put("inbound_nodes", upgraded);
  }

  private static Map<String, Object> node(List<?> node, Set<String> models) {
    // Functions have one level less where they have one input.
    List<?> inputs = !node.isEmpty() && node.get(0) instanceof String ? List.of(node) : node;
    List<Object> tensors = new ArrayList<>();
    Map<String, Object> named = new LinkedHashMap<>();
    for (Object input : inputs) {
      List<?> entry = (List<?>) input;
      tensors.add(CONSTANT.equals(entry.get(0)) ? entry.get(2) : tensor(entry, models));
      if (entry.size() > 3 && entry.get(3) instanceof Map<?, ?> kwargs) {
        kwargs.forEach((name, value) -> named.put(String.valueOf(name), value(value, models)));
      }
    }
    List<Object> positional = new ArrayList<>();
    if (tensors.size() == 1) {
      positional.add(tensors.get(0));
    } else {
      positional.add(tensors);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("args", positional);
    result.put("kwargs", named);
    return result;
  }

  private static @Nullable Object value(@Nullable Object value, Set<String> models) {
    if (isTensor(value) && ((List<?>) value).size() == 3) {
      return tensor((List<?>) value, models);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(value(item, models)));
      return items;
    }
    return value;
  }

  private static Map<String, Object> tensor(List<?> entry, Set<String> models) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("keras_history", tap(entry, models));
    Map<String, Object> tensor = new LinkedHashMap<>();
    tensor.put("class_name", "__keras_tensor__");
    tensor.put("config", config);
    return tensor;
  }
}
