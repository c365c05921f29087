package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.layers.Masked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call of an operation: its arguments by Keras's names, whether tensors or options. */
final class OpCall {
  private final Operation operation;
  private final Map<String, @Nullable Object> arguments;

  OpCall(Operation operation, Map<String, @Nullable Object> arguments) {
    this.operation = operation;
    this.arguments = arguments;
  }

  /** The argument as it came: a {@link Value}, JSON's values, a list of these; or null. */
  @Nullable Object raw(String name) {
    Object given = arguments.get(name);
    return given instanceof Masked masked ? masked.value() : given;
  }

  boolean has(String name) {
    return raw(name) != null;
  }

  /** The only tensor of most operations. */
  Value x() {
    return value("x");
  }

  /** A tensor, or a constant made of numbers: int32 or float32, as Keras makes them. */
  Value value(String name) {
    Object given = raw(name);
    if (given == null) {
      throw refuse("needs " + name, "give a tensor for " + name);
    }
    return Constants.value(this, given);
  }

  @Nullable Value optional(String name) {
    return has(name) ? value(name) : null;
  }

  /** Two arguments in the type that Keras gives the result; Python's numbers adapt to tensors. */
  List<Value> pair(String a, String b) {
    return Promotion.together(this, List.of(required(a), required(b)));
  }

  private Object required(String name) {
    Object given = raw(name);
    if (given == null) {
      throw refuse("needs " + name, "give a tensor or a number for " + name);
    }
    return given;
  }

  /** The tensors of a list. */
  List<Value> values(String name) {
    Object given = raw(name);
    List<?> items = given instanceof List<?> list ? list : List.of(required(name));
    List<Value> values = new ArrayList<>();
    items.forEach(item -> values.add(Constants.value(this, unmasked(item))));
    return values;
  }

  static Object unmasked(Object item) {
    return item instanceof Masked masked ? masked.value() : item;
  }

  boolean flag(String name) {
    return raw(name) instanceof Boolean flag ? flag : wrong(name, "true or false");
  }

  long integer(String name) {
    return raw(name) instanceof Number n && n.doubleValue() == n.longValue()
        ? n.longValue()
        : wrong(name, "an integer");
  }

  double number(String name) {
    return raw(name) instanceof Number n ? n.doubleValue() : wrong(name, "a number");
  }

  String text(String name) {
    return raw(name) instanceof String text ? text : wrong(name, "a string");
  }

  /** An element type; {@code standard} if there is none. */
  ElementType type(String name, ElementType standard) {
    Object given = raw(name);
    if (given == null) {
      return standard;
    }
    try {
      return ElementType.parse(String.valueOf(given));
    } catch (IllegalArgumentException e) {
      return wrong(name, "an element type");
    }
  }

  /** One integer or a list of them; none where the argument is null. */
  long[] integers(String name) {
    Object given = raw(name);
    List<?> items = given == null ? List.of() : given instanceof List<?> l ? l : List.of(given);
    long[] result = new long[items.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = items.get(i) instanceof Number n ? n.longValue() : wrong(name, "integers");
    }
    return result;
  }

  /** Axes of {@code x}, counted from the front; all of them where the argument is null. */
  long[] axes(String name, Value x) {
    int rank = x.shape().rank();
    if (!has(name)) {
      return java.util.stream.LongStream.range(0, rank).toArray();
    }
    long[] axes = integers(name);
    for (int i = 0; i < axes.length; i++) {
      axes[i] = axis(axes[i], rank);
    }
    return axes;
  }

  /** One axis of {@code x}, counted from the front. */
  int axis(String name, Value x) {
    return axis(integer(name), x.shape().rank());
  }

  private int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw refuse(
          "has axis %s for a tensor of %s axes".formatted(axis, rank), "the last axis is -1");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  private <T> T wrong(String name, String wanted) {
    throw refuse(
        "takes %s for %s, got %s".formatted(wanted, name, raw(name)),
        "correct the argument " + name);
  }

  /** A constant of a list of numbers. */
  static Value constant(Tensor tensor) {
    return Value.constant(tensor);
  }

  DiagnosticException refuse(String problem, String help) {
    return operation.refusal(problem, help);
  }
}
