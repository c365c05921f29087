package dev.sardonyx.ir;

import dev.sardonyx.ir.QuantizedWeights.GatherBlockQuantized;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * {@link GatherBlockQuantized} in other operators: elements, scales and zero points are gathered
 * first, so that only what is asked for becomes real numbers.
 */
record GatheredBlocks(GatherBlockQuantized op, Expansion e) {
  private static final ElementType WHOLE = ElementType.INT32;

  static @Nullable Value of(Expansion e, GatherBlockQuantized op) {
    Shape data = e.shape(0);
    boolean ranked = data.isRanked() && e.shape(1).isRanked();
    return ranked ? new GatheredBlocks(op, e).values() : null;
  }

  private Value values() {
    int rank = e.shape(0).rank();
    int gathered = (int) Math.floorMod(op.gatherAxis(), (long) rank);
    int blocks = (int) Math.floorMod(op.quantizeAxis(), (long) rank);
    int at = blocks > gathered ? blocks + e.shape(1).rank() - 1 : blocks;
    ElementType real = e.element(2);
    Value elements = whole(e.x(0)).gather(e.x(1), gathered).cast(real);
    Granularity granularity = new Granularity(at, op.blockSize());
    Value scales = granularity.stretch(e.x(2).gather(e.x(1), gathered), elements);
    Value zero = zero(real, gathered, granularity, elements);
    return (zero == null ? elements : elements.sub(zero)).mul(scales);
  }

  private @Nullable Value zero(
      ElementType real, int gathered, Granularity granularity, Value elements) {
    if (e.has(3)) {
      Value points = e.x(3).element().isFloat() ? e.x(3) : whole(e.x(3));
      return granularity.stretch(points.gather(e.x(1), gathered).cast(real), elements);
    }
    // Only bytes have their zero in the middle of their range.
    boolean bytes = e.element(0) == ElementType.UINT8;
    return bytes ? Value.scalar(real, 1L << (op.bits() - 1)) : null;
  }

  /** The small integers, those in bytes unpacked along the last axis, the low bits first. */
  private Value whole(Value x) {
    Value whole = x.cast(WHOLE);
    if (x.element() != ElementType.UINT8 || op.bits() == 8) {
      return whole;
    }
    int count = (int) (8 / op.bits());
    Value[] parts = new Value[count];
    for (int i = 0; i < count; i++) {
      Value shifted = i == 0 ? whole : whole.div(1 << (i * op.bits()));
      Value part = Value.of(new Arithmetic.Mod(false), shifted, whole.scalar(1 << op.bits()));
      parts[i] = part.unsqueeze(x.shape().rank());
    }
    Value all = Value.concat(x.shape().rank(), parts);
    long[] shape = new long[x.shape().rank()];
    shape[shape.length - 1] = -1;
    return all.reshape(shape);
  }
}
