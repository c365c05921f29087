package dev.sardonyx.onnx;

import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@code Constant} node holds, in any of its forms. */
final class ConstantReader {
  private ConstantReader() {}

  static Tensor read(Map<String, Object> attributes, Source source, String place) {
    Tensor tensor = null;
    if (attributes.size() == 1) {
      Map.Entry<String, Object> entry = attributes.entrySet().iterator().next();
      tensor = tensor(entry.getKey(), entry.getValue());
    }
    if (tensor == null) {
      throw source.refuse(
          "ONNX-009",
          place,
          "a Constant has exactly one value",
          "attributes: " + Source.shown(attributes.keySet().toString()),
          "it is one of value, sparse_value, value_float, value_floats, value_int, value_ints, value_string and"
              + " value_strings, of that type");
    }
    return tensor;
  }

  private static @Nullable Tensor tensor(String name, Object value) {
    if ((name.equals("value") || name.equals("sparse_value")) && value instanceof Tensor tensor) {
      return tensor;
    }
    if (name.equals("value_float") && value instanceof Float number) {
      return floats(List.of(number)).reshape();
    }
    if (name.equals("value_int") && value instanceof Long number) {
      return Tensor.scalar(number);
    }
    if (name.equals("value_string") && value instanceof String text) {
      return Tensor.ofStrings(List.of(text)).reshape();
    }
    if (!(value instanceof List<?> list)) {
      return null;
    }
    return switch (name) {
      case "value_floats" -> allAre(list, Float.class) ? floats(list) : null;
      case "value_ints" -> allAre(list, Long.class) ? longs(list) : null;
      case "value_strings" ->
          allAre(list, String.class)
              ? Tensor.ofStrings(list.stream().map(String.class::cast).toList())
              : null;
      default -> null;
    };
  }

  private static boolean allAre(List<?> list, Class<?> type) {
    return list.stream().allMatch(type::isInstance);
  }

  private static Tensor floats(List<?> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (Float) list.get(i);
    }
    return Tensor.of(values);
  }

  private static Tensor longs(List<?> list) {
    return Tensor.of(list.stream().mapToLong(v -> (Long) v).toArray());
  }
}
