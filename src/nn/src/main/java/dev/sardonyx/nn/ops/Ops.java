package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Arguments.Place;
import dev.sardonyx.nn.layers.SymbolicTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The common operations of {@code keras.ops} as methods: {@code add(matmul(x, y), 1)}. Axes count
 * the batch as 0; negative ones count from the end. All others go by {@link Operation#op}.
 */
public final class Ops {
  private Ops() {}

  public static SymbolicTensor add(SymbolicTensor a, SymbolicTensor b) {
    return call("Add", a, b);
  }

  public static SymbolicTensor add(SymbolicTensor a, double b) {
    return call("Add", a, number(b));
  }

  public static SymbolicTensor subtract(SymbolicTensor a, SymbolicTensor b) {
    return call("Subtract", a, b);
  }

  public static SymbolicTensor subtract(SymbolicTensor a, double b) {
    return call("Subtract", a, number(b));
  }

  public static SymbolicTensor subtract(double a, SymbolicTensor b) {
    return call("Subtract", number(a), b);
  }

  public static SymbolicTensor multiply(SymbolicTensor a, SymbolicTensor b) {
    return call("Multiply", a, b);
  }

  public static SymbolicTensor multiply(SymbolicTensor a, double b) {
    return call("Multiply", a, number(b));
  }

  /** Floating also for integers. */
  public static SymbolicTensor divide(SymbolicTensor a, SymbolicTensor b) {
    return call("Divide", a, b);
  }

  public static SymbolicTensor divide(SymbolicTensor a, double b) {
    return call("Divide", a, number(b));
  }

  public static SymbolicTensor divide(double a, SymbolicTensor b) {
    return call("Divide", number(a), b);
  }

  public static SymbolicTensor power(SymbolicTensor a, double exponent) {
    return call("Power", a, number(exponent));
  }

  public static SymbolicTensor maximum(SymbolicTensor a, SymbolicTensor b) {
    return call("Maximum", a, b);
  }

  public static SymbolicTensor maximum(SymbolicTensor a, double b) {
    return call("Maximum", a, number(b));
  }

  public static SymbolicTensor minimum(SymbolicTensor a, SymbolicTensor b) {
    return call("Minimum", a, b);
  }

  public static SymbolicTensor minimum(SymbolicTensor a, double b) {
    return call("Minimum", a, number(b));
  }

  public static SymbolicTensor negative(SymbolicTensor x) {
    return call("Negative", x);
  }

  public static SymbolicTensor abs(SymbolicTensor x) {
    return call("Absolute", x);
  }

  public static SymbolicTensor exp(SymbolicTensor x) {
    return call("Exp", x);
  }

  public static SymbolicTensor log(SymbolicTensor x) {
    return call("Log", x);
  }

  public static SymbolicTensor sqrt(SymbolicTensor x) {
    return call("Sqrt", x);
  }

  public static SymbolicTensor square(SymbolicTensor x) {
    return call("Square", x);
  }

  public static SymbolicTensor sin(SymbolicTensor x) {
    return call("Sin", x);
  }

  public static SymbolicTensor cos(SymbolicTensor x) {
    return call("Cos", x);
  }

  public static SymbolicTensor tanh(SymbolicTensor x) {
    return call("Tanh", x);
  }

  public static SymbolicTensor sigmoid(SymbolicTensor x) {
    return call("Sigmoid", x);
  }

  public static SymbolicTensor relu(SymbolicTensor x) {
    return call("Relu", x);
  }

  public static SymbolicTensor softmax(SymbolicTensor x, long axis) {
    return made(Operation.op("Softmax").with("axis", axis), x);
  }

  public static SymbolicTensor clip(SymbolicTensor x, double min, double max) {
    return made(Operation.op("Clip").with("x_min", number(min)).with("x_max", number(max)), x);
  }

  public static SymbolicTensor cast(SymbolicTensor x, ElementType to) {
    return made(Operation.op("Cast").with("dtype", to.toString()), x);
  }

  /** The product of matrices, or of a matrix and a vector. */
  public static SymbolicTensor matmul(SymbolicTensor a, SymbolicTensor b) {
    return call("Matmul", a, b);
  }

  public static SymbolicTensor einsum(String subscripts, SymbolicTensor... operands) {
    return made(Operation.op("Einsum").with("subscripts", subscripts), (Object[]) operands);
  }

  /** Over these axes; over all of them, the batch too, where there are none. */
  public static SymbolicTensor sum(SymbolicTensor x, long... axes) {
    return reduced("Sum", x, axes);
  }

  /** As {@link #sum}. */
  public static SymbolicTensor mean(SymbolicTensor x, long... axes) {
    return reduced("Mean", x, axes);
  }

  /** As {@link #sum}. */
  public static SymbolicTensor max(SymbolicTensor x, long... axes) {
    return reduced("Max", x, axes);
  }

  /** As {@link #sum}. */
  public static SymbolicTensor min(SymbolicTensor x, long... axes) {
    return reduced("Min", x, axes);
  }

  /** Where the greatest element is, as int32. */
  public static SymbolicTensor argmax(SymbolicTensor x, long axis) {
    return made(Operation.op("Argmax").with("axis", axis), x);
  }

  /** -1 is what is left over. */
  public static SymbolicTensor reshape(SymbolicTensor x, long... shape) {
    return made(Operation.op("Reshape").with("newshape", list(shape)), x);
  }

  /** Axis i of the result is axis axes[i]; no axes reverse them. */
  public static SymbolicTensor transpose(SymbolicTensor x, long... axes) {
    return made(Operation.op("Transpose").with("axes", axes.length == 0 ? null : list(axes)), x);
  }

  public static SymbolicTensor expandDims(SymbolicTensor x, long... axes) {
    return made(Operation.op("ExpandDims").with("axis", list(axes)), x);
  }

  public static SymbolicTensor squeeze(SymbolicTensor x, long... axes) {
    return made(Operation.op("Squeeze").with("axis", axes.length == 0 ? null : list(axes)), x);
  }

  public static SymbolicTensor concatenate(long axis, SymbolicTensor... parts) {
    return made(Operation.op("Concatenate").with("axis", axis), Arrays.asList(parts));
  }

  public static SymbolicTensor stack(long axis, SymbolicTensor... parts) {
    return made(Operation.op("Stack").with("axis", axis), Arrays.asList(parts));
  }

  /** Equal parts along an axis. */
  public static List<SymbolicTensor> split(SymbolicTensor x, long parts, long axis) {
    return all(
        Operation.op("Split").with("indices_or_sections", parts).with("axis", axis), List.of(x));
  }

  public static SymbolicTensor flip(SymbolicTensor x, long... axes) {
    return made(Operation.op("Flip").with("axis", axes.length == 0 ? null : list(axes)), x);
  }

  public static SymbolicTensor tile(SymbolicTensor x, long... repeats) {
    return made(Operation.op("Tile").with("repeats", list(repeats)), x);
  }

  public static SymbolicTensor take(SymbolicTensor x, SymbolicTensor indices, long axis) {
    return made(Operation.op("Take").with("axis", axis), x, indices);
  }

  /** Where a condition holds, the first, else the second. */
  public static SymbolicTensor where(SymbolicTensor condition, SymbolicTensor a, SymbolicTensor b) {
    return call("Where", condition, a, b);
  }

  public static SymbolicTensor where(SymbolicTensor condition, SymbolicTensor a, double b) {
    return call("Where", condition, a, number(b));
  }

  public static SymbolicTensor equal(SymbolicTensor a, SymbolicTensor b) {
    return call("Equal", a, b);
  }

  public static SymbolicTensor equal(SymbolicTensor a, double b) {
    return call("Equal", a, number(b));
  }

  public static SymbolicTensor greater(SymbolicTensor a, SymbolicTensor b) {
    return call("Greater", a, b);
  }

  public static SymbolicTensor greater(SymbolicTensor a, double b) {
    return call("Greater", a, number(b));
  }

  public static SymbolicTensor less(SymbolicTensor a, SymbolicTensor b) {
    return call("Less", a, b);
  }

  public static SymbolicTensor less(SymbolicTensor a, double b) {
    return call("Less", a, number(b));
  }

  /** Integers, {@link #slice}s, {@link #rest} and null for a new axis, as in NumPy's x[…]. */
  public static SymbolicTensor getItem(SymbolicTensor x, @Nullable Object... key) {
    List<@Nullable Object> items = new ArrayList<>(Arrays.asList(key));
    return made(Operation.op("GetItem"), x, items);
  }

  /** All of an axis. */
  public static Object slice() {
    return new Arguments.Slice(null, null, null);
  }

  public static Object slice(long start, long stop) {
    return new Arguments.Slice(start, stop, null);
  }

  /** Python's {@code start:stop:step}; null where nothing is written. */
  public static Object slice(@Nullable Long start, @Nullable Long stop, long step) {
    return new Arguments.Slice(start, stop, step);
  }

  /** As many whole axes as there are left. */
  public static Object rest() {
    return Arguments.Special.ELLIPSIS;
  }

  /** A whole number is an integer, which leaves integers what they are. */
  private static Object number(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return (long) number;
    }
    return number;
  }

  private static List<Long> list(long... numbers) {
    return LongStream.of(numbers).boxed().toList();
  }

  private static SymbolicTensor reduced(String name, SymbolicTensor x, long... axes) {
    return made(Operation.op(name).with("axis", axes.length == 0 ? null : list(axes)), x);
  }

  private static SymbolicTensor call(String name, Object... arguments) {
    return made(Operation.op(name), arguments);
  }

  private static SymbolicTensor made(Operation operation, Object... arguments) {
    return all(operation, Arrays.asList(arguments)).get(0);
  }

  private static List<SymbolicTensor> all(Operation operation, List<?> arguments) {
    List<SymbolicTensor> tensors = new ArrayList<>();
    List<Object> positional = new ArrayList<>();
    arguments.forEach(item -> positional.add(placed(item, tensors)));
    return operation.applyAll(new Arguments<>(tensors, positional, Map.of()), Location.caller());
  }

  private static @Nullable Object placed(@Nullable Object item, List<SymbolicTensor> tensors) {
    if (item instanceof SymbolicTensor tensor) {
      tensors.add(tensor);
      return new Place(tensors.size() - 1);
    }
    if (item instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(part -> items.add(placed(part, tensors)));
      return items;
    }
    return item instanceof Integer i ? (Object) i.longValue() : item;
  }
}
