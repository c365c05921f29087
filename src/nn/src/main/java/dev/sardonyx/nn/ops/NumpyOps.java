package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import java.util.List;

/** {@code keras.ops.numpy}. */
final class NumpyOps {
  static final OpTable TABLE =
      new OpTable()
          .op("Absolute(x)", c -> c.x().abs())
          .op("Add(x1, x2)", c -> add(c.pair("x1", "x2")))
          .op("Sum(x; axis=None, keepdims=False)", c -> sum(c, c.x()));

  private NumpyOps() {}

  private static Value add(List<Value> pair) {
    return pair.get(0).add(pair.get(1));
  }

  private static Value sum(OpCall call, Value x) {
    return x.sum(call.flag("keepdims"), call.axes("axis", x));
  }
}
