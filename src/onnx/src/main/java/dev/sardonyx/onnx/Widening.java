package dev.sardonyx.onnx;

import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.OpAttribute;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Standard;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operator on element types that it did not take at an opset, done on wider ones that it took:
 * the inputs are cast there and the results back.
 *
 * <p>16-bit floats are computed with 32 bits, where all their sums, products, quotients and roots
 * are exact before they are rounded. Integers wrap around when they are cast back, as they would
 * have in the narrow type.
 */
final class Widening {
  private Widening() {}

  /** The node's results, or null if there are no such types. */
  static @Nullable List<Value> of(Node node, int opset) {
    OpSchema schema = OpSchema.of(node.op());
    Standard.Schema form = schema.form(opset);
    if (form == null || schema.hasBodies() || node.op() instanceof Elementwise.Cast) {
      return null;
    }
    Node wide = wide(node, schema, form);
    if (wide == null || !Opset.expressible(wide, opset)) {
      return null;
    }
    List<Value> results = new ArrayList<>();
    for (Value result : wide.outputs()) {
      Value narrow = back(result, node.outputs().get(result.index()));
      if (narrow != result && !Opset.expressible(narrow.node(), opset)) {
        return null;
      }
      results.add(narrow);
    }
    boolean castable =
        wide.inputs().stream().allMatch(v -> v == null || Opset.expressible(v.node(), opset));
    return castable ? results : null;
  }

  private static Value back(Value result, Value wanted) {
    return result.type() instanceof TensorType a
            && wanted.type() instanceof TensorType b
            && a.element() != b.element()
        ? result.cast(b.element())
        : result;
  }

  private static @Nullable Node wide(Node node, OpSchema schema, Standard.Schema form) {
    Map<String, Set<ElementType>> present = new LinkedHashMap<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Value value = node.inputs().get(i);
      Standard.Parameter parameter = form.input(i);
      if (value != null && parameter != null && value.type() instanceof TensorType type) {
        present.computeIfAbsent(parameter.type(), v -> new LinkedHashSet<>()).add(type.element());
      }
    }
    List<@Nullable Value> inputs = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Value value = node.inputs().get(i);
      Standard.Parameter parameter = form.input(i);
      if (value != null && parameter != null && value.type() instanceof TensorType) {
        ElementType common =
            common(present.getOrDefault(parameter.type(), Set.of()), form, parameter);
        if (common == null) {
          return null;
        }
        value = value.element() == common ? value : value.cast(common);
      }
      inputs.add(value);
    }
    return applied(node, schema, form, inputs);
  }

  /** The narrowest type that holds the values of all of them. */
  private static @Nullable ElementType common(
      Set<ElementType> types, Standard.Schema form, Standard.Parameter parameter) {
    Set<String> admitted = form.types(parameter);
    return types.stream()
        .flatMap(t -> Stream.concat(Stream.of(t), candidates(t).stream()))
        .filter(c -> admitted.contains(c.toString()))
        .filter(c -> types.stream().allMatch(t -> t == c || candidates(t).contains(c)))
        .findFirst()
        .orElse(null);
  }

  /** The node on these inputs, and with the element type of its result said otherwise if it is. */
  private static @Nullable Node applied(
      Node node, OpSchema schema, Standard.Schema form, List<@Nullable Value> inputs) {
    try {
      Op op = node.op();
      for (OpAttribute attribute : schema.attributes()) {
        if (attribute.isElementType()) {
          op = typed(node, schema, form, attribute);
        }
      }
      return Node.of(op, inputs, node.outputs().size());
    } catch (DiagnosticException e) {
      // The operator does not take such a mixture of types.
      return null;
    }
  }

  private static Op typed(Node node, OpSchema schema, Standard.Schema form, OpAttribute attribute) {
    Map<String, Object> attributes = new LinkedHashMap<>(schema.attributesOf(node.op()));
    Standard.Parameter output = form.output(0);
    if (output != null
        && node.output().type() instanceof TensorType type
        && attributes.get(attribute.name()) instanceof Long code
        && code == type.element().code()
        && !form.types(output).contains(Standard.spelling(type))) {
      ElementType wider = common(Set.of(type.element()), form, output);
      if (wider != null) {
        attributes.put(attribute.name(), (long) wider.code());
      }
    }
    return schema.create(attributes);
  }

  /** The types that hold all values of {@code element}, the narrowest first. */
  private static List<ElementType> candidates(ElementType element) {
    return switch (element) {
      case FLOAT16, BFLOAT16 -> List.of(ElementType.FLOAT32, ElementType.FLOAT64);
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT4E2M1, FLOAT8E8M0 ->
          List.of(ElementType.FLOAT32);
      case INT2, INT4 -> List.of(ElementType.INT8, ElementType.INT32, ElementType.INT64);
      case UINT2, UINT4 -> List.of(ElementType.UINT8, ElementType.INT32, ElementType.INT64);
      case INT8, INT16, UINT8, UINT16 ->
          List.of(ElementType.INT32, ElementType.INT64, ElementType.FLOAT64);
      case INT32, UINT32 -> List.of(ElementType.INT64, ElementType.FLOAT64);
      case BOOL -> List.of(ElementType.UINT8, ElementType.INT32);
      default -> List.of();
    };
  }
}
