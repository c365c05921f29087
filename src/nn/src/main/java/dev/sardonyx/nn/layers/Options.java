package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Initializer;
import java.util.Arrays;
import java.util.List;

/** Options of several layers, each read, written and checked in one place. */
final class Options {
  private Options() {}

  /** A number for height and one for width; a single one is for both. At least 1. */
  static List<Long> pair(Layer layer, String option, long... values) {
    return pair(
        layer,
        option,
        values.length == 1
            ? List.of(values[0], values[0])
            : Arrays.stream(values).boxed().toList());
  }

  static List<Long> pair(Layer layer, String option, List<Long> values) {
    if (values.size() != 2) {
      throw Allowed.refusal(
          layer, option, "one number or two", values, "the first is for the height");
    }
    values.forEach(value -> Allowed.atLeast(1, layer, option, value));
    return values;
  }

  /** The pair of numbers {@code key}. */
  static List<Long> pair(Layer layer, Config config, String key, List<Long> value) {
    return pair(layer, key, config.integers(key, value));
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
