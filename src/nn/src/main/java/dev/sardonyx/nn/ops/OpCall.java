package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.layers.Masked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
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
    return plain(arguments.get(name));
  }

  private static @Nullable Object plain(@Nullable Object given) {
    if (given instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(plain(item)));
      return items;
    }
    return given instanceof Masked masked ? masked.value() : given;
  }

  /** The same call with another argument. */
  OpCall with(String name, Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(arguments);
    more.put(name, value);
    return new OpCall(operation, more);
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
    items.forEach(item -> values.add(Constants.value(this, item)));
    return values;
  }

  /** The tensors of a list in the type that Keras gives what is made of all of them. */
  List<Value> together(String name) {
    Object given = raw(name);
    List<?> items = given instanceof List<?> list ? list : List.of(required(name));
    return Promotion.together(this, new ArrayList<>(items));
  }

  /** The only tensor, float32 if it is none of floating numbers. */
  Value floating() {
    return Promotion.floating(x());
  }

  /** {@link #pair} in a floating type. */
  List<Value> floatingPair(String a, String b) {
    return pair(a, b).stream().map(Promotion::floating).toList();
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

  /** {@link #type(String, ElementType)}, where there must be one. */
  ElementType type(String name) {
    if (!has(name)) {
      throw refuse("needs " + name, "name an element type");
    }
    return type(name, ElementType.FLOAT32);
  }

  /** A number as many times as there are axes, or a list of as many. */
  long[] perAxis(String name, int axes) {
    long[] given = integers(name);
    if (given.length == axes) {
      return given;
    }
    if (given.length == 1) {
      long[] all = new long[axes];
      Arrays.fill(all, given[0]);
      return all;
    }
    return wrong(name, "one integer or %s of them".formatted(axes));
  }

  /** One of some words. */
  String choice(String name, String... words) {
    String given = text(name);
    return List.of(words).contains(given) ? given : wrong(name, "one of " + List.of(words));
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
      return LongStream.range(0, rank).toArray();
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

  /** An axis of a tensor of {@code rank} axes, counted from the front. */
  int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw refuse(
          "has axis %s for a tensor of %s axes".formatted(axis, rank), "the last axis is -1");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /**
   * Axes of {@code x} and the result's axes with them in it, where {@code keepdims} asks for it.
   */
  Value keep(Value reduced, String axisName, Value x) {
    return flag("keepdims") ? Axes.restore(reduced, axes(axisName, x)) : reduced;
  }

  <T> T wrong(String name, String wanted) {
    throw refuse(
        "takes %s for %s, got %s".formatted(wanted, name, raw(name)),
        "correct the argument " + name);
  }

  /** The name under which further arguments came, in order. */
  List<String> names() {
    return List.copyOf(arguments.keySet());
  }

  DiagnosticException refuse(String problem, String help) {
    return operation.refusal(problem, help);
  }
}
