package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Initializer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Options of several layers, each read, written and checked in one place. */
final class Options {
  private static final List<String> NUMBERS = List.of("", "one number", "two", "three");

  private Options() {}

  /** A number for each of {@code count} spatial axes; a single one is for all. At least 1. */
  static List<Long> tuple(Layer layer, String option, int count, long... values) {
    return tuple(layer, option, 1, count, expand(count, values));
  }

  /** The numbers {@code key}, one for each element of {@code value}; at least 1. */
  static List<Long> tuple(Layer layer, Config config, String key, List<Long> value) {
    return tuple(layer, key, 1, value.size(), config.integers(key, value));
  }

  /** As {@link #tuple(Layer, String, int, long...)}, of numbers that are at least 0. */
  static List<Long> tupleFromZero(Layer layer, String option, int count, long... values) {
    return tuple(layer, option, 0, count, expand(count, values));
  }

  private static List<Long> expand(int count, long... values) {
    return values.length == 1
        ? Collections.nCopies(count, values[0])
        : Arrays.stream(values).boxed().toList();
  }

  private static List<Long> tuple(
      Layer layer, String option, long least, int count, List<Long> values) {
    if (values.size() != count) {
      String wanted = count == 1 ? "one number" : "one number or " + NUMBERS.get(count);
      throw Allowed.refusal(
          layer,
          option,
          wanted,
          values,
          count == 1 ? "there is one spatial axis" : "the first is for the " + axes(count).get(0));
    }
    values.forEach(value -> Allowed.atLeast(least, layer, option, value));
    return values;
  }

  /** What the spatial axes of a tensor are called, if there are {@code count}. */
  static List<String> axes(int count) {
    return switch (count) {
      case 1 -> List.of("length");
      case 2 -> List.of("height", "width");
      case 3 -> List.of("depth", "height", "width");
      default -> Collections.nCopies(count, "spatial axis");
    };
  }

  /** The names of the spatial axes in a row. */
  static String axes(int count, String delimiter) {
    return axes(count).stream().collect(Collectors.joining(delimiter));
  }

  /** {@code padding}, refused if it is causal on more than one axis. */
  static Padding padding(Layer layer, int rank, Padding padding) {
    if (padding == Padding.CAUSAL && rank != 1) {
      throw Allowed.refusal(
          layer, "padding", "valid or same", "causal", "only layers over time can be causal");
    }
    return padding;
  }

  /** {@code padding}, refused if it is causal: a pool is not. */
  static Padding notCausal(Layer layer, Padding padding) {
    return padding(layer, 0, padding);
  }

  /** Values of one type: that which the layer computes in if one is floating, as Keras promotes. */
  static List<Value> together(Layer layer, List<Value> values) {
    if (values.stream().map(Value::element).distinct().count() < 2) {
      return values;
    }
    boolean floating = values.stream().anyMatch(value -> value.element().isFloat());
    boolean wide = values.stream().anyMatch(value -> value.element() == ElementType.INT64);
    ElementType common =
        floating ? layer.computeType() : wide ? ElementType.INT64 : ElementType.INT32;
    return values.stream().map(value -> value.cast(common)).toList();
  }

  /** One integer or a list of them, as a file has it. */
  static List<Long> longs(Layer layer, String option, Object given) {
    List<?> items = given instanceof List<?> list ? list : List.of(given);
    if (!items.stream().allMatch(Number.class::isInstance)) {
      throw Allowed.refusal(layer, option, "integers", given, "give one or a list");
    }
    return items.stream().map(item -> ((Number) item).longValue()).toList();
  }

  /** An option that is an initializer; null in a file stands for the default. */
  static Initializer initializer(Config config, String key, Initializer value) {
    Initializer given = config.object(key, Initializer.class, value);
    return given == null ? value : given;
  }
}
