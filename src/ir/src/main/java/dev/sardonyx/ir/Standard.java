package dev.sardonyx.ir;

import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the standard itself says of every version of every operator: inputs, outputs, attributes,
 * element types. Beside ai.onnx, ai.onnx.ml and ai.onnx.preview there are ONNX Runtime's own
 * operators (com.microsoft) that exported and quantized models contain.
 *
 * <p>An operator's record in the {@link Catalog} has the form of the newest version; the table here
 * tells how older ones differ, and which types each takes. It is a text made by
 * conformance-tests/scripts/make_schema_table.py, read once and parsed operator by operator.
 */
public final class Standard {
  /** By domain, the standard's own being empty, and by name. */
  private static final Map<String, Map<String, StandardText>> TABLE = StandardText.index();

  private Standard() {}

  /**
   * One version of an operator.
   *
   * @param since the opset that brought it
   * @param deprecated whether this version only says that the operator is gone
   * @param constraints the types that each type variable may stand for, spelled as by {@link
   *     #spelling}
   */
  public record Schema(
      String domain,
      String type,
      int since,
      boolean deprecated,
      List<Parameter> inputs,
      List<Parameter> outputs,
      List<Attribute> attributes,
      Map<String, Set<String>> constraints) {

    /** The types that a parameter may have, spelled as by {@link #spelling}. */
    public Set<String> types(Parameter parameter) {
      Set<String> types = constraints.get(parameter.type());
      return types == null ? Set.of(parameter.type()) : types;
    }

    /** The parameter that takes input {@code i}; null if there is none. */
    public @Nullable Parameter input(int i) {
      return at(inputs, i);
    }

    /** The parameter that result {@code i} belongs to; null if there is none. */
    public @Nullable Parameter output(int i) {
      return at(outputs, i);
    }

    private static @Nullable Parameter at(List<Parameter> parameters, int i) {
      if (i < parameters.size()) {
        return parameters.get(i);
      }
      Parameter last = parameters.isEmpty() ? null : parameters.get(parameters.size() - 1);
      return last != null && last.variadic() ? last : null;
    }

    public @Nullable Attribute attribute(String name) {
      for (Attribute attribute : attributes) {
        if (attribute.name().equals(name)) {
          return attribute;
        }
      }
      return null;
    }
  }

  /**
   * An input or output.
   *
   * @param type a variable of {@link Schema#constraints}, or a type
   * @param variadic whether it may be repeated, {@code least} times or more
   * @param heterogeneous whether the repeated ones may differ in type
   */
  public record Parameter(
      String name,
      String type,
      boolean optional,
      boolean variadic,
      int least,
      boolean heterogeneous) {}

  /**
   * An attribute.
   *
   * @param defaultValue a Long, Float, String or a list of them; null if there is none
   */
  public record Attribute(
      String name, Kind kind, boolean required, @Nullable Object defaultValue) {}

  /** What an attribute holds, by ONNX's names. */
  public enum Kind {
    FLOAT,
    INT,
    STRING,
    TENSOR,
    GRAPH,
    SPARSE_TENSOR,
    TYPE_PROTO,
    FLOATS,
    INTS,
    STRINGS
  }

  /**
   * The version of an operator that is in force at an opset, deprecated or not; null if there is
   * none.
   *
   * @param domain empty or "ai.onnx" for the standard's own
   */
  public static @Nullable Schema find(String domain, String type, int opset) {
    return at(versions(domain, type), opset);
  }

  /** The last version that is not newer than an opset; null if all are. */
  static @Nullable Schema at(List<Schema> versions, int opset) {
    Schema found = null;
    for (Schema version : versions) {
      if (version.since() <= opset) {
        found = version;
      }
    }
    return found;
  }

  /** All versions of an operator, the oldest first; none if it is unknown. */
  public static List<Schema> versions(String domain, String type) {
    String canonical = domain.equals("ai.onnx") ? "" : domain;
    StandardText text = TABLE.getOrDefault(canonical, Map.of()).get(type);
    return text == null ? List.of() : text.versions();
  }

  /** The operators in the newest of their versions, sorted by domain and name. */
  public static List<Schema> newest() {
    return TABLE.values().stream()
        .flatMap(domain -> domain.values().stream())
        .map(StandardText::versions)
        .map(versions -> versions.get(versions.size() - 1))
        .toList();
  }

  /** A type as the table spells it: without shapes, {@code float32}, {@code seq(int64)}. */
  public static String spelling(Type type) {
    if (type instanceof TensorType tensor) {
      return tensor.element().toString();
    }
    if (type instanceof Type.Sequence sequence) {
      return "seq(" + spelling(sequence.element()) + ")";
    }
    if (type instanceof Type.Optional optional) {
      return "optional(" + spelling(optional.element()) + ")";
    }
    Type.Map map = (Type.Map) type;
    return "map(" + map.key() + "," + spelling(map.value()) + ")";
  }
}
