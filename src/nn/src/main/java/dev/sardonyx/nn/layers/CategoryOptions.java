package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Options that layers on categories have in common. */
final class CategoryOptions {
  private CategoryOptions() {}

  /** {@code mode}, refused if it is none of those. */
  static CategoryOutput allowed(Layer layer, CategoryOutput mode, CategoryOutput... modes) {
    if (!Arrays.asList(modes).contains(mode)) {
      throw Allowed.refusal(
          layer,
          "output_mode",
          "one of " + Arrays.toString(modes).toLowerCase(Locale.ROOT),
          mode.name().toLowerCase(Locale.ROOT),
          "give one of these");
    }
    return mode;
  }

  /** The option {@code output_mode}, by its old names, too. */
  static CategoryOutput mode(Config config, CategoryOutput mode) {
    Object given = config.json("output_mode", mode.name().toLowerCase(Locale.ROOT));
    if ("binary".equals(given)) {
      return CategoryOutput.MULTI_HOT;
    }
    if ("tf-idf".equals(given)) {
      return CategoryOutput.TF_IDF;
    }
    return config.choice("output_mode", mode);
  }

  /** Results are tensors: sparse ones are refused. Written only where Keras writes it. */
  static void dense(Config config) {
    if (config.has("sparse")) {
      config.unsupported("sparse", false);
    }
  }

  /**
   * The name and the dtype, for the classes whose configuration has not {@code trainable}; a file
   * of an older version may say it all the same.
   */
  static void nameAndType(Layer layer, Config config) {
    layer.named(config.optionalText("name", layer.name()));
    Object given = config.json("dtype", layer.dtype().toJson());
    layer.dtype(given == null ? DTypePolicy.FLOAT32 : DTypePolicy.parse(given));
    if (config.has("trainable")) {
      layer.trainable(config.flag("trainable", true));
    }
  }

  /** One number for both halves of a key, or two. */
  static @Nullable List<Long> salt(Layer layer, Config config, @Nullable List<Long> value) {
    Object given = config.json("salt", value);
    if (given == null) {
      return null;
    }
    List<?> list = given instanceof List<?> l ? l : List.of(given, given);
    if (list.size() != 2 || !list.stream().allMatch(Number.class::isInstance)) {
      throw Allowed.refusal(layer, "salt", "one integer or two", given, "give two integers");
    }
    return list.stream().map(n -> ((Number) n).longValue()).toList();
  }
}
