package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of an operator: a component of its record.
 *
 * <p>Java types and what ONNX stores: {@code long}, {@code boolean} and {@link ElementType} are an
 * INT, {@code float} a FLOAT, strings and enums (by their {@code toString}) a STRING; {@code
 * List}s, {@link Tensor}, {@link Body} (a GRAPH) and {@code Type} are themselves; the default of a
 * tensor is one float. An absent list is an empty one; a boxed {@code Long} or {@code Float} may be
 * absent, and then is null.
 */
public final class OpAttribute {
  private final RecordComponent component;
  private final @Nullable Class<?> element;
  private final String name;
  private final @Nullable Object defaultValue;
  private final boolean required;
  private final int since;

  OpAttribute(RecordComponent component, OpSchema operator) {
    this.component = component;
    this.element = component.getType() == List.class ? elementOf(component) : null;
    component.getAccessor().setAccessible(true);
    Onnx.Name renamed = component.getAnnotation(Onnx.Name.class);
    this.name = renamed != null ? renamed.value() : snakeCase(component.getName());
    Onnx.Default text = component.getAnnotation(Onnx.Default.class);
    this.defaultValue = text == null || text.value().isEmpty() ? absent() : parse(text.value());
    this.required = operator.requires(name);
    this.since = operator.sinceOf(version -> version.attribute(name) != null);
  }

  private static String snakeCase(String camel) {
    return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  public String name() {
    return name;
  }

  /**
   * The value in ONNX's form that an absent attribute stands for; null if it stands for nothing.
   */
  public @Nullable Object defaultValue() {
    return defaultValue;
  }

  /** Whether a file must give the attribute. */
  public boolean required() {
    return required;
  }

  /** The oldest opset from which on all versions of the operator have the attribute. */
  public int since() {
    return since;
  }

  /** What a list is of; null if the attribute is no list. */
  public @Nullable Class<?> listElement() {
    return element;
  }

  /** Whether the attribute is an element type, which ONNX stores as its number. */
  public boolean isElementType() {
    return component.getType() == ElementType.class;
  }

  /** Whether the attribute is a graph. */
  public boolean isBody() {
    return component.getType() == Body.class;
  }

  /** What the attribute holds, in words. */
  public String kind() {
    Class<?> type = component.getType();
    if (type.isEnum() && type != ElementType.class) {
      return "one of " + Arrays.toString(type.getEnumConstants());
    }
    if (element != null) {
      return "a list of " + element.getSimpleName() + "s";
    }
    return type == ElementType.class
        ? "an element type"
        : "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private @Nullable Object absent() {
    return component.getType() == List.class ? List.of() : null;
  }

  private static Class<?> elementOf(RecordComponent list) {
    return (Class<?>) ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
  }

  private Object parse(String text) {
    Class<?> type = component.getType();
    if (type == long.class
        || type == boolean.class
        || type == Long.class
        || type == ElementType.class) {
      return Long.valueOf(text);
    }
    if (type == float.class || type == Float.class) {
      return Float.valueOf(text);
    }
    if (type == Tensor.class) {
      return Tensor.of(new float[] {Float.parseFloat(text)});
    }
    if (element == null) {
      return text;
    }
    Function<String, Object> one =
        element == Long.class ? Long::valueOf : element == Float.class ? Float::valueOf : s -> s;
    return Arrays.stream(text.split(",")).map(one).toList();
  }

  /** The attribute of {@code op} in ONNX's form; null if it is absent. */
  @Nullable Object read(Op op) {
    try {
      Object value = component.getAccessor().invoke(op);
      if (value instanceof Boolean b) {
        return b ? 1L : 0L;
      }
      if (value instanceof ElementType type) {
        return (long) type.code();
      }
      if (value == null && isElementType()) {
        return defaultValue;
      }
      return value instanceof Enum<?> e ? e.toString() : value;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot read " + component, e);
    }
  }

  /**
   * A value in ONNX's form as the record takes it; {@link IllegalArgumentException} if it cannot.
   */
  @Nullable Object toJava(@Nullable Object value) {
    Class<?> type = component.getType();
    if (value == null) {
      return null;
    }
    if (type == boolean.class && value instanceof Long l && (l == 0 || l == 1)) {
      return l == 1;
    }
    if (type == ElementType.class && value instanceof Long l) {
      // 0, where it is the default, is ONNX's "undefined".
      if (l == 0 && value.equals(defaultValue)) {
        return null;
      }
      return ElementType.ofCode(Math.toIntExact(l));
    }
    if (type.isEnum() && type != ElementType.class && value instanceof String s) {
      return Arrays.stream(type.getEnumConstants())
          .filter(c -> c.toString().equals(s))
          .findFirst()
          .orElseThrow(IllegalArgumentException::new);
    }
    if (element != null && value instanceof List<?> list) {
      for (Object one : list) {
        if (!element.isInstance(one)) {
          throw new IllegalArgumentException();
        }
      }
      return List.copyOf(list);
    }
    Class<?> boxed = type == long.class ? Long.class : type == float.class ? Float.class : type;
    if (boxed.isInstance(value)) {
      return value;
    }
    throw new IllegalArgumentException();
  }

  @Override
  public String toString() {
    return name + ": " + kind();
  }
}
