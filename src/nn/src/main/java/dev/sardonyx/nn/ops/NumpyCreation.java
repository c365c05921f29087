package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Tensors that are filled by rule. */
final class NumpyCreation {
  private static final String BETWEEN = "(start, stop; num=50, endpoint=True, ";

  static final OpTable TABLE =
      new OpTable()
          .op("Full(fill_value; shape, dtype=None)", NumpyCreation::full)
          .op("FullLike(x, fill_value; dtype=None)", NumpyCreation::fullLike)
          .op("ZerosLike(x; dtype=None)", c -> typed(c, c.x()).zerosLike())
          .op("OnesLike(x; dtype=None)", c -> typed(c, c.x()).onesLike())
          .op("EmptyLike(x; dtype=None)", c -> typed(c, c.x()).zerosLike())
          .op("Array(x; dtype=None)", c -> typed(c, c.x()))
          .op("Arange(start, stop=None, step=None; dtype=None)", NumpyCreation::arange)
          .many(
              "Linspace" + BETWEEN + "retstep=False, dtype=None, axis=0)", NumpyCreation::linspace)
          .op(
              "Logspace" + BETWEEN + "base=10, dtype=None, axis=0)",
              c -> between(c, x -> c.value("base").cast(x.element()).pow(x)))
          .op("Geomspace" + BETWEEN + "dtype=None, axis=0)", NumpyCreation::geomspace)
          .op("Vander(x; N=None, increasing=False)", NumpyCreation::vander)
          .op("Diag(x; k=0)", Diagonal::diag)
          .op("Diagflat(x; k=0)", c -> Diagonal.matrix(c, c.x().reshape(-1), c.integer("k")))
          .op("Diagonal(x; offset=0, axis1=0, axis2=1)", Diagonal::diagonal)
          .op(
              "Trace(x; offset=0, axis1=0, axis2=1)",
              c -> Promotion.summed(Diagonal.diagonal(c)).sum(false, -1))
          .op("Tril(x; k=0)", c -> Diagonal.triangle(c.x(), false, c.integer("k")))
          .op("Triu(x; k=0)", c -> Diagonal.triangle(c.x(), true, c.integer("k")));

  private NumpyCreation() {}

  private static Value typed(OpCall call, Value x) {
    return x.cast(call.type("dtype", x.element()));
  }

  private static Value full(OpCall call) {
    Value value = call.value("fill_value").cast(call.type("dtype", ElementType.FLOAT32));
    return value.expand(call.integers("shape"));
  }

  private static Value fullLike(OpCall call) {
    Value x = typed(call, call.x());
    return call.value("fill_value").cast(x.element()).expand(Sizes.shape(x));
  }

  private static Value arange(OpCall call) {
    List<Object> given = new ArrayList<>();
    boolean one = !call.has("stop");
    given.add(one ? 0L : call.raw("start"));
    given.add(call.raw(one ? "start" : "stop"));
    given.add(call.has("step") ? call.raw("step") : 1L);
    List<Value> parts = Promotion.together(call, given);
    Value range = Value.range(parts.get(0), parts.get(1), parts.get(2));
    return typed(call, range);
  }

  private static List<Value> linspace(OpCall call) {
    Value line = between(call, x -> x);
    if (!call.flag("retstep")) {
      return List.of(line);
    }
    List<Value> ends = call.floatingPair("start", "stop");
    return List.of(line, ends.get(1).sub(ends.get(0)).div(steps(call)));
  }

  private static long steps(OpCall call) {
    return Math.max(1, call.integer("num") - (call.flag("endpoint") ? 1 : 0));
  }

  /** Numbers at equal distances, the last being exact. */
  private static Value between(OpCall call, UnaryOperator<Value> function) {
    List<Value> ends = call.floatingPair("start", "stop");
    Value sum = ends.get(0).add(ends.get(1).mul(0));
    int axis = call.axis(call.integer("axis"), sum.shape().rank() + 1);
    long[] column = new long[sum.shape().rank() + 1];
    java.util.Arrays.fill(column, 1);
    column[axis] = -1;
    Value part = Value.constant(shares(call, sum.element())).reshape(column);
    Value start = sum.unsqueeze(axis);
    Value stop = ends.get(1).add(ends.get(0).mul(0)).unsqueeze(axis);
    Value line = start.mul(part.neg().add(1)).add(stop.mul(part));
    return typed(call, function.apply(line));
  }

  /** The ends and {@code steps - 1} numbers between them, a vector. */
  static Value line(Value start, Value stop, long steps) {
    double[] shares = new double[(int) steps + 1];
    for (int i = 0; i <= steps; i++) {
      shares[i] = (double) i / steps;
    }
    Value part = Value.constant(Tensor.from(start.element(), shares, new long[] {shares.length}));
    return start.mul(part.neg().add(1)).add(stop.mul(part));
  }

  private static Tensor shares(OpCall call, ElementType element) {
    double[] shares = new double[(int) call.integer("num")];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (double) i / steps(call);
    }
    return Tensor.from(element, shares, new long[] {shares.length});
  }

  /** Numbers of equal ratios; both ends have one sign. */
  private static Value geomspace(OpCall call) {
    List<Value> ends = call.floatingPair("start", "stop");
    OpCall logs = call.with("start", ends.get(0).abs().log()).with("stop", ends.get(1).abs().log());
    int axis = call.axis(call.integer("axis"), ends.get(0).shape().rank() + 1);
    Value sign = ends.get(0).sign();
    return between(logs, x -> x.exp().mul(sign.shape().rank() == 0 ? sign : sign.unsqueeze(axis)));
  }

  private static Value vander(OpCall call) {
    Value x = call.x();
    long columns = call.has("N") ? call.integer("N") : Sizes.fixed(call, x, 0);
    Value power = x.onesLike();
    List<Value> powers = new ArrayList<>();
    for (long i = 0; i < columns; i++) {
      powers.add(call.flag("increasing") ? powers.size() : 0, power.unsqueeze(1));
      power = power.mul(x);
    }
    return Value.concat(1, powers);
  }
}
