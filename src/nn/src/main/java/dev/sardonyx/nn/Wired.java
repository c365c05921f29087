package dev.sardonyx.nn;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Arguments.Place;
import dev.sardonyx.nn.layers.Arguments.Slice;
import dev.sardonyx.nn.layers.Arguments.Special;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a layer is called with from a node of Keras 3's configurations. */
final class Wired {
  private final List<Tap> taps = new ArrayList<>();

  private Wired() {}

  /** Where a tensor comes from: a layer, which of its uses, which of the results. */
  record Tap(String layer, int use, int result) {
    static Tap of(Object history) {
      if (history instanceof List<?> list
          && list.size() == 3
          && list.get(0) instanceof String layer
          && list.get(1) instanceof Number use
          && list.get(2) instanceof Number result) {
        return new Tap(layer, use.intValue(), result.intValue());
      }
      throw ModelBuilder.refuse("a tensor is named by [layer, use, result], got " + history);
    }
  }

  /** The arguments of {@code {"args": […], "kwargs": {…}}}. */
  static Arguments<Tap> read(Map<String, Object> node, String layer) {
    Wired wired = new Wired();
    List<Object> positional = new ArrayList<>();
    for (Object item : ModelBuilder.list(node.get("args"), "the inputs of " + layer)) {
      positional.add(wired.argument(item));
    }
    Map<String, Object> named = new LinkedHashMap<>();
    Object kwargs = node.get("kwargs");
    if (kwargs != null) {
      ModelBuilder.map(kwargs, "the named inputs of " + layer)
          .forEach((name, item) -> named.put(name, wired.argument(item)));
    }
    return new Arguments<>(wired.taps, positional, named);
  }

  private @Nullable Object argument(@Nullable Object json) {
    if (json instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(argument(item)));
      return items;
    }
    if (json instanceof Map<?, ?> map) {
      return map.get("class_name") instanceof String name ? special(name, map) : named(map);
    }
    return json;
  }

  /** Keras flattens maps by their sorted keys. */
  private Object named(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
    Map<String, Object> items = new LinkedHashMap<>();
    sorted.forEach((key, item) -> items.put(key, argument(item)));
    return items;
  }

  private @Nullable Object special(String className, Map<?, ?> object) {
    if (className.equals("function")) {
      throw ModelBuilder.refuse(
          "an argument is the Python function %s, which is never run"
              .formatted(object.get("config")));
    }
    Map<String, Object> config =
        object.get("config") == null
            ? Map.of()
            : ModelBuilder.map(object.get("config"), "an argument");
    return switch (className) {
      case "__keras_tensor__" -> {
        taps.add(Tap.of(config.get("keras_history")));
        yield new Place(taps.size() - 1);
      }
      case "__slice__" ->
          new Slice(
              argument(config.get("start")),
              argument(config.get("stop")),
              argument(config.get("step")));
      case "__ellipsis__" -> Special.ELLIPSIS;
      case "__tensor__", "__numpy__" -> constant(config);
      case "DTypePolicy" -> config.get("name");
      default ->
          throw ModelBuilder.refuse("an argument is a %s, which is unknown".formatted(className));
    };
  }

  private static Tensor constant(Map<String, Object> config) {
    List<Double> numbers = new ArrayList<>();
    List<Long> dims = new ArrayList<>();
    for (Object item = config.get("value"); item instanceof List<?> list; ) {
      dims.add((long) list.size());
      item = list.isEmpty() ? null : list.get(0);
    }
    flatten(config.get("value"), numbers);
    long[] shape = dims.stream().mapToLong(d -> d).toArray();
    if (numbers.size() != dims.stream().reduce(1L, Math::multiplyExact)) {
      throw ModelBuilder.refuse("a constant has rows of different lengths");
    }
    ElementType element = ModelBuilder.element(String.valueOf(config.get("dtype")));
    return Tensor.from(element, numbers.stream().mapToDouble(d -> d).toArray(), shape);
  }

  private static void flatten(@Nullable Object value, List<Double> numbers) {
    if (value instanceof List<?> list) {
      list.forEach(item -> flatten(item, numbers));
    } else if (value instanceof Number n) {
      numbers.add(n.doubleValue());
    } else if (value instanceof Boolean b) {
      numbers.add(b ? 1.0 : 0.0);
    } else {
      throw ModelBuilder.refuse("a constant holds " + value);
    }
  }
}
