package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import java.util.List;

/** The product of vectors in space that is at right angles to both. */
final class CrossProduct {
  private CrossProduct() {}

  static Value of(OpCall call) {
    List<Value> pair = call.pair("x1", "x2");
    String common = call.has("axis") ? "axis" : null;
    Value a = last(call, pair.get(0), common == null ? "axisa" : common);
    Value b = last(call, pair.get(1), common == null ? "axisb" : common);
    boolean flat = width(call, a) == 2 && width(call, b) == 2;
    Value z = a(a, 0).mul(a(b, 1)).sub(a(a, 1).mul(a(b, 0)));
    if (flat) {
      return z.squeeze(-1);
    }
    Value x = a(a, 1).mul(a(b, 2)).sub(a(a, 2).mul(a(b, 1)));
    Value y = a(a, 2).mul(a(b, 0)).sub(a(a, 0).mul(a(b, 2)));
    Value product = Value.concat(-1, x, y, z);
    int rank = product.shape().rank();
    return Axes.move(product, rank - 1, call.axis(common == null ? "axisc" : common, product));
  }

  private static Value last(OpCall call, Value x, String axis) {
    return Axes.move(x, call.axis(axis, x), x.shape().rank() - 1);
  }

  private static long width(OpCall call, Value x) {
    long width = Sizes.fixed(call, x, x.shape().rank() - 1);
    if (width != 2 && width != 3) {
      throw call.refuse("takes vectors of 2 or 3, got " + x.type(), "choose another axis");
    }
    return width;
  }

  /** One coordinate; the third of a plane's vector is 0. */
  private static Value a(Value x, long i) {
    return x.shape().dim(-1).is(2) && i == 2 ? x.slice(-1, 0, 1).mul(0) : x.slice(-1, i, i + 1);
  }
}
