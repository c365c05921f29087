package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import org.jspecify.annotations.Nullable;

/**
 * The matrix [N,K] of a {@link QuantizedWeights.MatMulNBits}, out of its bytes.
 *
 * @param bytes [N, blocks, bytes of a block]
 * @param scales one for each block
 * @param zeros their zero points, packed by rows, or as many real numbers; null for half the range
 */
record PackedWeights(
    QuantizedWeights.MatMulNBits op, Value bytes, Value scales, @Nullable Value zeros) {
  static PackedWeights of(QuantizedWeights.MatMulNBits op, Expansion e) {
    return new PackedWeights(op, e.x(1), e.x(2), e.optional(3));
  }

  Value matrix() {
    ElementType real = scales.element();
    Value elements = unpacked(bytes.reshape(op.n(), -1)).reshape(op.n(), -1, op.blockSize());
    Value centered = elements.cast(real).sub(zero(real));
    Value rows = centered.mul(scales.reshape(op.n(), -1, 1)).reshape(op.n(), -1);
    return op.k() % op.blockSize() == 0 ? rows : rows.slice(1, 0, op.k());
  }

  private Value zero(ElementType real) {
    if (zeros == null) {
      return Value.scalar(real, 1L << (op.bits() - 1));
    }
    if (zeros.element() != ElementType.UINT8) {
      return zeros.cast(real).reshape(op.n(), -1, 1);
    }
    long blocks = (op.k() + op.blockSize() - 1) / op.blockSize();
    Value all = unpacked(zeros.reshape(op.n(), -1));
    return all.slice(1, 0, blocks).cast(real).unsqueeze(2);
  }

  /** The small integers in rows of bytes, the low bits first, as int32. */
  private Value unpacked(Value rows) {
    Value whole = rows.cast(ElementType.INT32);
    if (op.bits() == 8) {
      return whole;
    }
    int count = (int) (8 / op.bits());
    Value[] parts = new Value[count];
    for (int i = 0; i < count; i++) {
      Value shifted = i == 0 ? whole : whole.div(1 << (i * op.bits()));
      Value modulus = whole.scalar(1 << op.bits());
      Value part = Value.of(new Arithmetic.Mod(false), shifted, modulus);
      parts[i] = part.unsqueeze(2);
    }
    return Value.concat(2, parts).reshape(op.n(), -1);
  }
}
