package dev.sardonyx.keras;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options of layers of Keras 1 and 2 under the names and with the defaults of Keras 3. */
final class LegacyConfig {
  /** Options that have no meaning any more, or say what is so anyway. */
  private static final Set<String> DROPPED =
      Set.of(
          "batch_input_shape",
          "input_dtype",
          "implementation",
          "input_length",
          "query_shape",
          "key_shape",
          "value_shape",
          "fused",
          "virtual_batch_size",
          "adjustment");

  /** Options that Keras 3 has dropped; any other value would change what a layer computes. */
  private static final Map<String, Object> ONLY =
      Map.of("time_major", false, "sparse", false, "ragged", false);

  private static final Set<String> WITHOUT_GROUPS =
      Set.of(
          "SeparableConv1D",
          "SeparableConv2D",
          "DepthwiseConv1D",
          "DepthwiseConv2D",
          "Conv1DTranspose",
          "Conv2DTranspose",
          "Conv3DTranspose");

  /** Of layers whose kernels have other names. */
  private static final Set<String> WITHOUT_KERNEL =
      Set.of("SeparableConv1D", "SeparableConv2D", "DepthwiseConv1D", "DepthwiseConv2D");

  private static final Set<String> GATED =
      Set.of("LSTM", "GRU", "ConvLSTM2D", "LSTMCell", "GRUCell");

  /** The hard sigmoid of Keras 1 and 2, which is another function than that of Keras 3. */
  private static final String HARD_SIGMOID = "keras2_hard_sigmoid";

  private LegacyConfig() {}

  static Map<String, Object> upgrade(Map<String, Object> layer) {
    Map<String, Object> copy = new LinkedHashMap<>(layer);
    String className = String.valueOf(layer.get("class_name"));
    if (layer.get("config") instanceof Map<?, ?> config) {
      copy.put("config", options(className, Upgrade.strings(config)));
    }
    if (className.startsWith("CuDNN")) {
      throw Refusals.unsupported(
          className,
          "its weights are in CuDNN's layout; load it in Keras and save it as "
              + className.substring(5));
    }
    return copy;
  }

  private static Map<String, Object> options(String className, Map<String, Object> given) {
    Map<String, Object> options = new LinkedHashMap<>();
    given.forEach((key, value) -> options.put(key, plain(value)));
    if (className.equals("InputLayer")) {
      rename(options, "batch_input_shape", "batch_shape");
      options.remove("input_dtype");
      options.put("dtype", elementOf(options.get("dtype")));
      return options;
    }
    options.keySet().removeAll(DROPPED);
    ONLY.forEach((key, only) -> requireOnly(className, options, key, only));
    if (WITHOUT_GROUPS.contains(className)) {
      requireOnly(className, options, "groups", 1L);
    }
    if (WITHOUT_KERNEL.contains(className)) {
      options
          .keySet()
          .removeAll(Set.of("kernel_initializer", "kernel_regularizer", "kernel_constraint"));
    }
    if (className.equals("LeakyReLU")) {
      rename(options, "alpha", "negative_slope");
    }
    if (GATED.contains(className) && !options.containsKey("recurrent_activation")) {
      options.put("recurrent_activation", HARD_SIGMOID);
    }
    if (className.startsWith("GRU") && !options.containsKey("reset_after")) {
      options.put("reset_after", false);
    }
    options.replaceAll((key, value) -> activation(key, value));
    return options;
  }

  private static @Nullable Object activation(String key, @Nullable Object value) {
    return key.endsWith("activation") && "hard_sigmoid".equals(value) ? HARD_SIGMOID : value;
  }

  private static void rename(Map<String, Object> options, String before, String after) {
    if (options.containsKey(before)) {
      Object value = options.remove(before);
      options.putIfAbsent(after, value);
    }
  }

  private static void requireOnly(
      String className, Map<String, Object> options, String key, Object only) {
    Object value = options.remove(key);
    if (value != null && !value.equals(only)) {
      throw Refusals.unsupported(
          className, "option %s=%s, which Keras 3 does not have".formatted(key, value));
    }
  }

  /** Numbers that were written as NumPy's. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Object kind = map.get("class_name") != null ? map.get("class_name") : map.get("type");
      if ("ndarray".equals(kind)) {
        return map.get("value");
      }
      if (("__numpy__".equals(kind) || "__ndarray__".equals(kind))
          && map.get("config") instanceof Map<?, ?> config) {
        return config.get("value");
      }
    }
    return value;
  }

  /** The element type of a policy or a name. */
  static Object elementOf(@Nullable Object dtype) {
    if (dtype instanceof Map<?, ?> policy && policy.get("config") instanceof Map<?, ?> config) {
      return elementOf(config.get("name"));
    }
    String name = dtype == null ? "float32" : String.valueOf(dtype);
    return name.startsWith("mixed_") ? "float32" : name;
  }
}
