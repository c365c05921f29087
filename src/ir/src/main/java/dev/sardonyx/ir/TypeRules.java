package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which types the {@link Standard} lets an operator's inputs have: each one of those that its type
 * variable stands for, and inputs of one variable the same.
 */
final class TypeRules {
  private static final Set<String> INDEX_TYPES = Set.of("int32", "int64");

  private final Standard.Schema schema;

  /** The element types of tensors, in the order of the schema's inputs. */
  private final List<Set<ElementType>> elements;

  TypeRules(Standard.Schema schema) {
    this.schema = schema;
    this.elements = schema.inputs().stream().map(p -> elements(schema.types(p))).toList();
  }

  private static Set<ElementType> elements(Set<String> types) {
    return Arrays.stream(ElementType.values())
        .filter(e -> types.contains(e.toString()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ElementType.class)));
  }

  /** Refuses one of the first {@code count} inputs whose type the operator does not take. */
  void check(Inference in, int count) {
    Map<String, Integer> bound = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Standard.Parameter parameter = schema.input(i);
      if (parameter == null || !in.has(i)) {
        continue;
      }
      Type type = in.value(i).type();
      if (!takes(i, parameter, type)) {
        throw refuse(in, i, parameter, type);
      }
      Integer other = parameter.heterogeneous() ? null : bound.putIfAbsent(parameter.type(), i);
      if (other != null && !same(in.value(other).type(), type)) {
        throw differ(in, other, i);
      }
    }
  }

  private boolean takes(int i, Standard.Parameter parameter, Type type) {
    return type instanceof TensorType tensor
        ? elements.get(Math.min(i, elements.size() - 1)).contains(tensor.element())
        : schema.types(parameter).contains(Standard.spelling(type));
  }

  private static boolean same(Type a, Type b) {
    return a instanceof TensorType x && b instanceof TensorType y
        ? x.element() == y.element()
        : Standard.spelling(a).equals(Standard.spelling(b));
  }

  private DiagnosticException refuse(Inference in, int i, Standard.Parameter parameter, Type type) {
    Set<String> types = schema.types(parameter);
    if (types.stream().noneMatch(t -> t.contains("("))) {
      in.type(i);
    }
    String name = in.schema().inputName(i);
    if (type instanceof TensorType && types.stream().allMatch(t -> t.contains("("))) {
      boolean map = types.stream().allMatch(t -> t.startsWith("map("));
      return in.fail(
          "TYPE-021",
          "takes a %s as %s, got %s".formatted(map ? "map" : "sequence", name, type),
          map
              ? "maps come as inputs of a model"
              : "make one by SequenceConstruct or SplitToSequence");
    }
    String got = Standard.spelling(type);
    if (INDEX_TYPES.containsAll(types)) {
      return in.fail(
          "TYPE-004",
          "takes %s as %s, got %s".formatted(listed(types), name, got),
          "cast it to int64");
    }
    return in.fail(
        "TYPE-003",
        "takes no %s as %s".formatted(got, name),
        "%s%s may be %s"
            .formatted(type instanceof TensorType ? "cast it: " : "", name, listed(types)));
  }

  private static DiagnosticException differ(Inference in, int i, int j) {
    OpSchema schema = in.schema();
    return in.fail(
        "TYPE-002",
        "needs %s and %s of one element type, got %s and %s"
            .formatted(
                schema.inputName(i),
                schema.inputName(j),
                Standard.spelling(in.value(i).type()),
                Standard.spelling(in.value(j).type())),
        "cast one of them; ONNX converts nothing by itself");
  }

  /** The types in words; by what is missing where that is shorter. */
  private static String listed(Set<String> types) {
    List<String> missing =
        Arrays.stream(ElementType.values())
            .map(ElementType::toString)
            .filter(t -> !types.contains(t))
            .toList();
    return missing.isEmpty() || missing.size() > types.size() / 2
        ? joined(List.copyOf(types))
        : "anything but " + joined(missing);
  }

  private static String joined(List<String> words) {
    List<String> head = new ArrayList<>(words);
    String last = head.remove(head.size() - 1);
    return head.isEmpty() ? last : String.join(", ", head) + " or " + last;
  }
}
