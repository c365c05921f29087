package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Codes;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;

/**
 * The numbers that codes stand for, looked up in a table of all of them.
 *
 * <pre>
 *  Cast&lt;float32&gt;(x: float8e5m2)   ->   Gather(table: float32[256], Cast&lt;int32&gt;(x: uint8))
 * </pre>
 */
final class Decoding {
  private Decoding() {}

  static Value decode(Value codes, ElementType from, ElementType to) {
    int bits = from.bits();
    float[] table = new float[1 << bits];
    for (int code = 0; code < table.length; code++) {
      table[code] = Codes.value(from, code);
    }
    // Each of these numbers is a float32, so that casting on rounds at most once.
    Value numbers = Value.constant(Tensor.of(table)).gather(codes.cast(ElementType.INT32), 0);
    return to == ElementType.FLOAT32 ? numbers : numbers.cast(to);
  }
}
