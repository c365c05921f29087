package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Products of matrices and of other tensors. */
final class NumpyProducts {
  static final OpTable TABLE =
      new OpTable()
          .op("Matmul(x1, x2)", c -> matmul(bytes(c.pair("x1", "x2"))))
          .op("Dot(x1, x2)", c -> dot(c.pair("x1", "x2")))
          .op("Vdot(x1, x2)", c -> vdot(c.pair("x1", "x2")))
          .op("Inner(x1, x2)", c -> inner(c.pair("x1", "x2")))
          .op("Outer(x1, x2)", c -> outer(c.pair("x1", "x2")))
          .op("Tensordot(x1, x2; axes=2)", NumpyProducts::tensordot)
          .op("Einsum(*operands; subscripts)", NumpyProducts::einsum)
          .op("Kron(x1, x2)", c -> kron(c.pair("x1", "x2")))
          .op("Cross(x1, x2; axisa=-1, axisb=-1, axisc=-1, axis=None)", CrossProduct::of)
          .op("Correlate(x1, x2; mode='valid')", Correlations::correlate)
          .op("Corrcoef(x)", c -> Correlations.coefficients(Functions.wide(c.x())));

  private NumpyProducts() {}

  /** Products of bytes are added up in 32 bits. */
  private static List<Value> bytes(List<Value> factors) {
    return factors.stream().allMatch(f -> f.element() == ElementType.INT8)
        ? factors.stream().map(f -> f.cast(ElementType.INT32)).toList()
        : factors;
  }

  /** Truth values count as 0 and 1. */
  private static Value matmul(List<Value> pair) {
    if (pair.get(0).element() == ElementType.BOOL) {
      List<Value> numbers = pair.stream().map(Promotion::counted).toList();
      return Promotion.truth(numbers.get(0).matMul(numbers.get(1)));
    }
    return pair.get(0).matMul(pair.get(1));
  }

  private static Value dot(List<Value> pair) {
    int a = pair.get(0).shape().rank();
    int b = pair.get(1).shape().rank();
    if (a == 0 || b == 0) {
      return pair.get(0).mul(pair.get(1));
    }
    return contract(pair, new long[] {a - 1}, new long[] {Math.max(0, b - 2)});
  }

  private static Value vdot(List<Value> pair) {
    return pair.get(0).reshape(-1).mul(pair.get(1).reshape(-1)).sum();
  }

  private static Value inner(List<Value> pair) {
    int a = pair.get(0).shape().rank();
    int b = pair.get(1).shape().rank();
    return a == 0 || b == 0
        ? pair.get(0).mul(pair.get(1))
        : contract(pair, new long[] {a - 1}, new long[] {b - 1});
  }

  private static Value outer(List<Value> pair) {
    return pair.get(0).reshape(-1, 1).mul(pair.get(1).reshape(1, -1));
  }

  private static Value tensordot(OpCall call) {
    List<Value> pair = call.pair("x1", "x2");
    int a = pair.get(0).shape().rank();
    int b = pair.get(1).shape().rank();
    if (call.raw("axes") instanceof Number n) {
      long count = n.longValue();
      return contract(
          pair, LongStream.range(a - count, a).toArray(), LongStream.range(0, count).toArray());
    }
    List<?> both = (List<?>) call.raw("axes");
    OpCall first = call.with("axes", both.get(0));
    OpCall second = call.with("axes", both.get(1));
    return contract(pair, first.axes("axes", pair.get(0)), second.axes("axes", pair.get(1)));
  }

  /** The sum over pairs of axes; the other axes of the first, then those of the second. */
  private static Value contract(List<Value> pair, long[] a, long[] b) {
    int ranks = pair.get(0).shape().rank();
    StringBuilder first = new StringBuilder();
    IntStream.range(0, ranks).forEach(i -> first.append((char) ('a' + i)));
    StringBuilder second = new StringBuilder();
    StringBuilder result = new StringBuilder();
    for (long axis : Axes.others(pair.get(0), a)) {
      result.append(first.charAt((int) axis));
    }
    for (int i = 0; i < pair.get(1).shape().rank(); i++) {
      int axis = i;
      int at = IntStream.range(0, b.length).filter(k -> b[k] == axis).findFirst().orElse(-1);
      char letter = at < 0 ? (char) ('a' + ranks + i) : first.charAt((int) a[at]);
      second.append(letter);
      if (at < 0) {
        result.append(letter);
      }
    }
    return Value.einsum(first + "," + second + "->" + result, pair.get(0), pair.get(1));
  }

  private static Value einsum(OpCall call) {
    List<Value> factors = bytes(call.together("*operands"));
    String equation = call.text("subscripts").replace(" ", "");
    return Value.einsum(explicit(equation), factors.toArray(Value[]::new));
  }

  /** With the letters that stand once, in order, as the result where none is told. */
  private static String explicit(String equation) {
    if (equation.contains("->")) {
      return equation;
    }
    TreeMap<Character, Integer> counts = new TreeMap<>();
    equation
        .chars()
        .filter(Character::isLetter)
        .forEach(c -> counts.merge((char) c, 1, Integer::sum));
    StringBuilder result = new StringBuilder(equation.contains("...") ? "..." : "");
    counts.forEach((letter, count) -> result.append(count == 1 ? letter.toString() : ""));
    return equation + "->" + result;
  }

  /** Each element of the first times the second. */
  private static Value kron(List<Value> pair) {
    int rank = Math.max(pair.get(0).shape().rank(), pair.get(1).shape().rank());
    Value a = inFront(pair.get(0), rank);
    Value b = inFront(pair.get(1), rank);
    long[] between = LongStream.range(0, rank).map(i -> 2 * i + 1).toArray();
    long[] before = LongStream.range(0, rank).map(i -> 2 * i).toArray();
    Value product = rank == 0 ? a.mul(b) : a.unsqueeze(between).mul(b.unsqueeze(before));
    List<Object> shape = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      shape.add(Sizes.of(a, axis).mul(Sizes.of(b, axis)));
    }
    return Sizes.reshape(product, shape.toArray());
  }

  private static Value inFront(Value x, int rank) {
    long[] missing = LongStream.range(0, rank - x.shape().rank()).toArray();
    return missing.length == 0 ? x : x.unsqueeze(missing);
  }
}
