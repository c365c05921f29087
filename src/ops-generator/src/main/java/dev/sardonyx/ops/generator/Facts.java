package dev.sardonyx.ops.generator;

import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Standard;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the documentation of an operator's class says: facts of the standard's table. */
final class Facts {
  private final OpSchema schema;
  private final Standard.Schema standard;

  Facts(OpSchema schema) {
    this.schema = schema;
    this.standard =
        Objects.requireNonNull(
            Standard.find(schema.domain(), schema.type(), schema.since()), schema.type());
  }

  /** The versions, and where the mathematics stands. */
  String head() {
    String version = schema.since() == 1 ? "" : ", version " + schema.since();
    String domain = schema.domain().isEmpty() ? "ai.onnx" : schema.domain();
    return "%s of %s%s. {@link %s} says what it computes, its shapes and what it refuses."
        .formatted(schema.type(), domain, version, schema.op().getCanonicalName());
  }

  String input(int i) {
    return "{@code %s}: %s"
        .formatted(schema.inputs().get(i).name(), types(standard.inputs().get(i)));
  }

  String output(int i) {
    return "{@code %s}: %s"
        .formatted(schema.outputs().get(i).name(), types(standard.outputs().get(i)));
  }

  /** The attribute and its default. */
  static String attribute(OpAttribute attribute, Class<?> type) {
    String value = text(attribute.defaultValue(), type);
    return value.isEmpty()
        ? "{@code %s}; absent unless set".formatted(attribute.name())
        : "{@code %s}; %s unless set".formatted(attribute.name(), value);
  }

  private static String text(@Nullable Object value, Class<?> type) {
    if (value == null || value.equals(List.of())) {
      return "";
    }
    if (value instanceof Tensor tensor) {
      return String.valueOf(tensor.getDouble(0));
    }
    if (type == ElementType.class && value instanceof Long code) {
      return code == 0 ? "" : ElementType.ofCode(Math.toIntExact(code)).toString();
    }
    return type == boolean.class ? String.valueOf(value.equals(1L)) : "{@code " + value + "}";
  }

  private String types(Standard.Parameter parameter) {
    Set<String> types = standard.types(parameter);
    Set<String> tensors = types.stream().filter(t -> !t.contains("(")).collect(Collectors.toSet());
    List<String> all = Arrays.stream(ElementType.values()).map(ElementType::toString).toList();
    List<String> missing = all.stream().filter(t -> !tensors.contains(t)).toList();
    List<String> words = new ArrayList<>();
    if (missing.isEmpty()) {
      words.add("anything");
    } else if (missing.size() < tensors.size() / 2) {
      words.add("anything but " + String.join(", ", missing));
    } else {
      words.addAll(types.stream().filter(tensors::contains).toList());
    }
    words.addAll(containers(types));
    String last = words.remove(words.size() - 1);
    return words.isEmpty() ? last : String.join(", ", words) + " or " + last;
  }

  /** Sequences and optionals of many things are named once. */
  private static List<String> containers(Set<String> types) {
    List<String> containers = types.stream().filter(t -> t.contains("(")).toList();
    if (containers.size() <= 4) {
      return containers;
    }
    return containers.stream()
        .map(t -> t.substring(0, t.lastIndexOf('(')).replace("(", " of "))
        .distinct()
        .map(kind -> kind + " of these")
        .toList();
  }
}
