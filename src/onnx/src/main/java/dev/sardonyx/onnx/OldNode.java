package dev.sardonyx.onnx;

import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node of an old opset on its way to the canonical form. The rules of {@link Upgrades} change its
 * type, attributes and inputs, say how its results follow from the canonical operator's, or give
 * the results outright.
 */
final class OldNode {
  private static final Map<Class<?>, String> KINDS =
      Map.of(
          Long.class, "an integer",
          Float.class, "a float",
          String.class, "a text",
          List.class, "a list");

  private final Source source;
  private final String place;
  private final int results;
  private final Map<String, Object> attributes;
  private final List<@Nullable Value> inputs;
  private final Map<Integer, Function<List<Value>, Value>> changed = new TreeMap<>();
  private String type;
  private @Nullable List<Value> replacement;

  /**
   * @param results how many results the file names
   */
  OldNode(
      Source source,
      String place,
      String type,
      Map<String, Object> attributes,
      List<? extends @Nullable Value> inputs,
      int results) {
    this.source = source;
    this.place = place;
    this.type = type;
    this.attributes = new LinkedHashMap<>(attributes);
    this.inputs = new ArrayList<>(inputs);
    this.results = results;
  }

  String type() {
    return type;
  }

  Map<String, Object> attributes() {
    return attributes;
  }

  List<@Nullable Value> inputs() {
    return Collections.unmodifiableList(inputs);
  }

  int results() {
    return results;
  }

  /** Another operator takes over. */
  void retype(String newType) {
    type = newType;
  }

  // Inputs

  boolean has(int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  /** Input {@code i}, which must be there. */
  Value x(int i) {
    Value value = i < inputs.size() ? inputs.get(i) : null;
    if (value == null) {
      throw refuse("misses its input " + i, "give that input");
    }
    return value;
  }

  @Nullable Value optional(int i) {
    return has(i) ? x(i) : null;
  }

  void input(int i, @Nullable Value value) {
    while (inputs.size() <= i) {
      inputs.add(null);
    }
    inputs.set(i, value);
  }

  private TensorType tensor(int i) {
    if (x(i).type() instanceof TensorType tensor) {
      return tensor;
    }
    throw refuse("takes a tensor as input %s, got %s".formatted(i, x(i).type()), "give a tensor");
  }

  Shape shape(int i) {
    return tensor(i).shape();
  }

  ElementType element(int i) {
    return tensor(i).element();
  }

  /** The rank of input {@code i}, without which {@code what} cannot be said. */
  int rank(int i, String what) {
    Shape shape = shape(i);
    if (!shape.isRanked()) {
      throw refuse("has " + what + " and an input of unknown rank", "declare the input's shape");
    }
    return shape.rank();
  }

  // Attributes

  void drop(String... names) {
    for (String name : names) {
      attributes.remove(name);
    }
  }

  void put(String name, Object value) {
    attributes.put(name, value);
  }

  /** What an absent attribute stood for. */
  void standsFor(String name, Object value) {
    attributes.putIfAbsent(name, value);
  }

  /** The attribute, which the canonical form does not have; null if it is absent. */
  <T> @Nullable T take(String name, Class<T> kind) {
    Object value = attributes.remove(name);
    if (value != null && !kind.isInstance(value)) {
      throw refuse(
          "cannot take %s as %s".formatted(Source.shown(value.toString()), name),
          "it is " + KINDS.getOrDefault(kind, "a graph"));
    }
    return kind.cast(value);
  }

  <T> T take(String name, T absent) {
    @SuppressWarnings("unchecked")
    Class<T> kind = (Class<T>) absent.getClass();
    T value = take(name, kind);
    return value == null ? absent : value;
  }

  /** A list of integers; null if it is absent. */
  long @Nullable [] takeLongs(String name) {
    List<?> list = take(name, List.class);
    if (list == null) {
      return null;
    }
    if (!list.stream().allMatch(Long.class::isInstance)) {
      throw refuse(
          "cannot take %s as %s".formatted(Source.shown(list.toString()), name),
          "it is a list of integers");
    }
    return list.stream().mapToLong(v -> (Long) v).toArray();
  }

  /** The list of integers {@code name} becomes input {@code i}. */
  void toInput(String name, int i) {
    long[] values = takeLongs(name);
    if (values != null) {
      input(i, Value.longs(values));
    }
  }

  // Results

  /** Result {@code i} is what the rule makes of the canonical operator's results. */
  void result(int i, Function<List<Value>, Value> rule) {
    if (i < results) {
      Function<List<Value>, Value> before = changed.get(i);
      changed.put(
          i,
          before == null
              ? rule
              : made -> {
                List<Value> again = new ArrayList<>(made);
                again.set(i, before.apply(made));
                return rule.apply(again);
              });
    }
  }

  /** These are the results; there is no canonical operator. */
  void become(Value... values) {
    replacement = List.of(values);
  }

  boolean isReplaced() {
    return replacement != null;
  }

  /** Whether there are results that are not the canonical operator's own. */
  boolean hasOtherResults() {
    return replacement != null || !changed.isEmpty();
  }

  /** Whether result {@code i} is the canonical operator's own. */
  boolean isOwn(int i) {
    return replacement == null && !changed.containsKey(i);
  }

  /** How many results the canonical operator is asked for. */
  int asked() {
    int asked = Math.max(1, results);
    while (asked > 1 && changed.containsKey(asked - 1)) {
      asked--;
    }
    return asked;
  }

  /** The node's results, given those of the canonical operator. */
  List<Value> finish(List<Value> made) {
    if (replacement != null) {
      return replacement;
    }
    if (changed.isEmpty()) {
      return made;
    }
    List<Value> all = new ArrayList<>(made);
    changed.forEach(
        (i, rule) -> {
          Value value = rule.apply(made);
          if (i < all.size()) {
            all.set(i, value);
          } else {
            all.add(value);
          }
        });
    return all;
  }

  // Rules' tools

  /** Another operator by name. */
  Value make(String name, Map<String, Object> values, @Nullable Value... operands) {
    OpSchema schema = Catalog.find("", name);
    if (schema == null) {
      throw refuse("needs the operator " + name + ", which is not supported", "use another one");
    }
    return Node.of(schema.create(values), operands).output();
  }

  /** A scalar of input {@code i}'s element type. */
  Value scalar(int i, double value) {
    return Value.constant(Tensor.scalar(element(i), value));
  }

  /** The refusal of the node; {@code message} continues the operator's name. */
  DiagnosticException refuse(String message, String help) {
    return source.refuse(
        "ONNX-060",
        place,
        type + " " + message,
        "attributes: " + Source.shown(attributes.toString()),
        help);
  }
}
