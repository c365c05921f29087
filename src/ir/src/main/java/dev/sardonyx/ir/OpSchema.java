package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator's record declares, read from it by reflection: name, versions, inputs, outputs,
 * attributes. There is one schema per record class.
 */
public final class OpSchema {
  private static final ClassValue<OpSchema> SCHEMAS =
      new ClassValue<>() {
        @Override
        protected OpSchema computeValue(Class<?> type) {
          return new OpSchema(type.asSubclass(Op.class));
        }
      };

  /**
   * An input or output: optional, repeated any number of times, or neither.
   *
   * @param since the oldest opset that has it
   */
  public record Slot(String name, boolean optional, boolean variadic, int since) {
    private static List<Slot> parse(String text, IntUnaryOperator since) {
      List<String> words = Arrays.stream(text.split(" ")).filter(s -> !s.isEmpty()).toList();
      return IntStream.range(0, words.size())
          .mapToObj(i -> ofText(words.get(i), since.applyAsInt(i)))
          .toList();
    }

    private static Slot ofText(String text, int since) {
      return new Slot(text.replaceAll("[?*]", ""), text.contains("?"), text.contains("*"), since);
    }
  }

  private final Class<? extends Op> op;
  private final @Nullable Onnx onnx;
  private final List<Slot> inputs;
  private final List<Slot> outputs;
  private final Map<String, OpAttribute> attributes = new LinkedHashMap<>();
  private final List<OpAttribute> bodies;
  private final Constructor<? extends Op> constructor;
  private final List<Standard.Schema> versions;
  private final @Nullable TypeRules types;

  private OpSchema(Class<? extends Op> op) {
    this.op = op;
    this.onnx = op.getAnnotation(Onnx.class);
    this.constructor = constructor(op);
    this.versions = Standard.versions(domain(), type());
    this.inputs =
        onnx == null ? List.of() : Slot.parse(onnx.inputs(), i -> sinceOf(v -> v.input(i) != null));
    this.outputs =
        onnx == null
            ? List.of(new Slot("value", false, false, 1))
            : Slot.parse(onnx.outputs(), i -> sinceOf(v -> v.output(i) != null));
    if (onnx != null) {
      for (RecordComponent component : op.getRecordComponents()) {
        OpAttribute attribute = new OpAttribute(component, this);
        attributes.put(attribute.name(), attribute);
      }
    }
    this.bodies = attributes.values().stream().filter(OpAttribute::isBody).toList();
    Standard.Schema standard = form(since());
    this.types = standard == null ? null : new TypeRules(standard);
  }

  public static OpSchema of(Class<? extends Op> op) {
    return SCHEMAS.get(op);
  }

  public static OpSchema of(Op op) {
    return of(op.getClass());
  }

  public Class<? extends Op> op() {
    return op;
  }

  /** The operator's name in ONNX, such as {@code Conv}. */
  public String type() {
    return op.getSimpleName();
  }

  /** The domain; empty for the standard's own operators. */
  public String domain() {
    return onnx == null ? "" : onnx.domain();
  }

  /** The opset of the newest version. */
  public int since() {
    return onnx == null ? 1 : onnx.since();
  }

  /** The oldest opset with the same form. */
  public int from() {
    return onnx == null ? 1 : Math.min(onnx.from(), onnx.since());
  }

  /** All versions of the operator that the standard's table has, the oldest first. */
  public List<Standard.Schema> versions() {
    return versions;
  }

  /** The version that is in force at an opset of the domain; null if there is none. */
  public Standard.@Nullable Schema form(int opset) {
    return Standard.at(versions, opset);
  }

  /** Whether the standard has no default for the attribute. */
  boolean requires(String name) {
    Standard.Schema newest = form(since());
    Standard.Attribute attribute = newest == null ? null : newest.attribute(name);
    return attribute != null && attribute.required();
  }

  /** The oldest opset from which on all versions of the operator have something. */
  int sinceOf(Predicate<Standard.Schema> has) {
    int since = since();
    for (int i = versions.size() - 1; i >= 0 && has.test(versions.get(i)); i--) {
      since = versions.get(i).since();
    }
    return since;
  }

  /** The oldest opset that has all the inputs and attributes that the node has. */
  public int oldest(Node node) {
    int oldest = from();
    for (int i = 0; i < Math.min(inputs.size(), node.inputs().size()); i++) {
      oldest = Math.max(oldest, node.hasInput(i) ? inputs.get(i).since() : 1);
    }
    for (String name : attributesOf(node.op()).keySet()) {
      oldest = Math.max(oldest, attributes.get(name).since());
    }
    return oldest;
  }

  public List<Slot> inputs() {
    return inputs;
  }

  /** Whether the last input may be given any number of times. */
  public boolean hasVariadicInput() {
    return !inputs.isEmpty() && inputs.get(inputs.size() - 1).variadic();
  }

  public List<Slot> outputs() {
    return outputs;
  }

  public List<OpAttribute> attributes() {
    return List.copyOf(attributes.values());
  }

  /** Why no gradient flows through the operator, or null if it is differentiable. */
  public @Nullable String notDifferentiable() {
    NotDifferentiable reason = op.getAnnotation(NotDifferentiable.class);
    return reason == null ? null : reason.value();
  }

  /** Whether the gradient is that of the operator's expansion. */
  public boolean differentiatesThroughExpansion() {
    return Expandable.class.isAssignableFrom(op) && !hasGradientRule();
  }

  /** Whether the operator, or its family, has a gradient rule of its own. */
  public boolean hasGradientRule() {
    return declaresRule(op);
  }

  private static boolean declaresRule(Class<?> type) {
    if (type == Op.class || type == Unary.class || type == Object.class) {
      return false;
    }
    boolean declared =
        Arrays.stream(type.getDeclaredMethods())
            .anyMatch(m -> m.getName().equals("vjp") || m.getName().equals("vjps"));
    return declared || Arrays.stream(type.getInterfaces()).anyMatch(OpSchema::declaresRule);
  }

  /** The standard's name of input {@code i}. */
  public String inputName(int i) {
    if (i < inputs.size()) {
      return inputs.get(i).name();
    }
    return inputs.isEmpty() ? "input " + i : inputs.get(inputs.size() - 1).name() + "_" + i;
  }

  /**
   * The attributes of {@code op} that are required or not at their defaults, by name, as ONNX
   * stores them: Long, Float, String, Tensor, Body, Type, or a list of one of the first four. The
   * map is the caller's own.
   */
  public Map<String, Object> attributesOf(Op op) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (OpAttribute attribute : attributes.values()) {
      Object value = attribute.read(op);
      boolean said = attribute.required() || !Objects.equals(value, attribute.defaultValue());
      if (value != null && said) {
        values.put(attribute.name(), value);
      }
    }
    return values;
  }

  /**
   * The operator with these attributes; refused where one is unknown, missing or of a wrong kind.
   */
  public Op create(Map<String, Object> values) {
    if (!attributes.keySet().containsAll(values.keySet())) {
      TreeSet<String> unknown = new TreeSet<>(values.keySet());
      unknown.removeAll(attributes.keySet());
      throw refuse(
          "ATTR-001",
          "has no attribute " + unknown.first(),
          values,
          "it takes " + attributes.keySet());
    }
    Object[] arguments = new Object[attributes.size()];
    int i = 0;
    for (OpAttribute attribute : attributes.values()) {
      arguments[i++] = argument(attribute, values);
    }
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw refuse(
          "ATTR-004",
          "refuses its attributes: " + e.getCause().getMessage(),
          values,
          "see the operator's documentation for the values it takes");
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("record " + op + " has no usable canonical constructor", e);
    }
  }

  private Object argument(OpAttribute attribute, Map<String, Object> values) {
    Object value = values.getOrDefault(attribute.name(), attribute.defaultValue());
    if (attribute.required() && !values.containsKey(attribute.name())) {
      throw refuse(
          "ATTR-003", "misses its attribute " + attribute.name(), values, "it has no default");
    }
    try {
      return attribute.toJava(value);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw refuse(
          "ATTR-002",
          "cannot take %s as %s".formatted(value, attribute.name()),
          values,
          attribute.name() + " is " + attribute.kind());
    }
  }

  private static Constructor<? extends Op> constructor(Class<? extends Op> op) {
    Class<?>[] types =
        Arrays.stream(op.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return op.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new LinkageError("record " + op + " has no canonical constructor", e);
    }
  }

  private DiagnosticException refuse(
      String code, String message, Map<String, Object> values, String help) {
    return new Diagnostic(
            code, type() + " " + message, Location.current(), "attributes: " + values, help)
        .exception();
  }

  /** Whether the operator runs graphs. */
  public boolean hasBodies() {
    return !bodies.isEmpty();
  }

  /** The graphs that {@code op} runs, in the order of its attributes. */
  public List<Body> bodiesOf(Op op) {
    if (!hasBodies()) {
      return List.of();
    }
    return bodies.stream().map(a -> (Body) a.read(op)).filter(Objects::nonNull).toList();
  }

  /** The operator with its bodies changed, of which all still capture the same. */
  public Op withBodies(Op op, UnaryOperator<Body> change) {
    Map<String, Object> values = attributesOf(op);
    values.replaceAll((name, value) -> value instanceof Body body ? change.apply(body) : value);
    return create(values);
  }

  /** Checks the number of inputs and their types. */
  void check(Inference in) {
    int own = in.size() - captures(in);
    if (own > inputs.size() && !hasVariadicInput()) {
      throw in.fail(
          "GRAPH-002",
          "takes at most %s inputs, got %s".formatted(inputs.size(), own),
          "remove the inputs that it does not have");
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).optional()) {
        in.value(i);
      }
    }
    if (types != null) {
      types.check(in, own);
    }
  }

  private int captures(Inference in) {
    List<Body> bodies = bodiesOf(in.op());
    if (bodies.isEmpty()) {
      return 0;
    }
    int captures = bodies.get(0).captures();
    if (bodies.stream().anyMatch(b -> b.captures() != captures) || captures > in.size()) {
      throw new IllegalStateException(type() + "'s bodies and inputs differ in their captures");
    }
    return captures;
  }
}
