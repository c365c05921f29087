package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Configurable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An option that is a number or numbers in nested lists of equal lengths, as Python's arrays are.
 *
 * @param values the numbers, row-major
 * @param dims the shape; none for a single number
 */
record NumberArray(List<Double> values, List<Long> dims) {
  NumberArray {
    values = List.copyOf(values);
    dims = List.copyOf(dims);
  }

  /** One number alone. */
  static NumberArray of(double value) {
    return new NumberArray(List.of(value), List.of());
  }

  /** A vector. */
  static NumberArray of(double... values) {
    return new NumberArray(Arrays.stream(values).boxed().toList(), List.of((long) values.length));
  }

  /** The option {@code key} of a configuration; null where it is null. */
  static @Nullable NumberArray configure(
      Configurable owner, Config config, String key, @Nullable NumberArray value) {
    Object given = config.json(key, value == null ? null : value.toJson());
    return given == null ? null : parse(owner, key, given);
  }

  /** As {@link #configure}; null stands for the default. */
  static NumberArray required(Configurable owner, Config config, String key, NumberArray standard) {
    NumberArray given = configure(owner, config, key, standard);
    return given == null ? standard : given;
  }

  /** JSON's numbers and lists, or one of Keras's objects for arrays. */
  static NumberArray parse(Configurable owner, String key, Object json) {
    Object plain = json;
    if (json instanceof Map<?, ?> object) {
      Object config = object.get("config");
      plain = config instanceof Map<?, ?> inner ? inner.get("value") : object.get("items");
    }
    List<Double> values = new ArrayList<>();
    List<Long> dims = new ArrayList<>();
    if (!collect(plain, 0, values, dims)) {
      throw Allowed.refusal(
          owner, key, "a number, or numbers in lists of equal lengths", json, "correct the value");
    }
    return new NumberArray(values, dims);
  }

  private static boolean collect(
      @Nullable Object json, int depth, List<Double> values, List<Long> dims) {
    if (json instanceof Number number) {
      values.add(number.doubleValue());
      return depth == dims.size();
    }
    if (!(json instanceof List<?> list) || depth > 32) {
      return false;
    }
    if (depth == dims.size()) {
      if (!values.isEmpty()) {
        return false;
      }
      dims.add((long) list.size());
    }
    boolean fits = dims.get(depth) == list.size();
    for (Object item : list) {
      fits = fits && collect(item, depth + 1, values, dims);
    }
    return fits;
  }

  /** As a configuration says it. */
  Object toJson() {
    return toJson(0, 0);
  }

  private Object toJson(int axis, int from) {
    if (axis == dims.size()) {
      return values.get(from);
    }
    int inner = 1;
    for (long dim : dims.subList(axis + 1, dims.size())) {
      inner *= (int) dim;
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < dims.get(axis); i++) {
      list.add(toJson(axis + 1, from + i * inner));
    }
    return list;
  }

  /** The numbers as a constant. */
  Value constant(ElementType element) {
    return Value.constant(
        Tensor.from(
            element,
            values.stream().mapToDouble(v -> v).toArray(),
            dims.stream().mapToLong(d -> d).toArray()));
  }
}
