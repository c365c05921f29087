package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import org.jspecify.annotations.Nullable;

/** Operators on the bits of integers. */
public sealed interface Bitwise extends Broadcasting {
  /** Which way bits move. */
  enum Direction {
    LEFT,
    RIGHT
  }

  /**
   * a shifted by b bits. Zeros move in, but from the left of a negative number ones; shifting by
   * fewer than 0 or by all of the bits leaves nothing of a but these.
   */
  @Onnx(since = 28, from = 11, inputs = "X Y", outputs = "Z")
  @NotDifferentiable("integers")
  record BitShift(Direction direction) implements Bitwise, Formula {
    /** In uint64, of which it is not said in other operators. */
    @Override
    public @Nullable Value formula(Expansion e) {
      ElementType element = e.element(0);
      if (element == ElementType.UINT64) {
        return null;
      }
      Value x = e.x().cast(ElementType.INT64);
      Value y = e.x(1).cast(ElementType.INT64);
      Value inside = y.ge(0).and(y.lt(element.bits()));
      Value by = inside.where(y, y.scalar(0)).cast(ElementType.UINT64);
      boolean fills = direction == Direction.RIGHT && !element.isUnsigned();
      // Of a negative number the complement is shifted, whose bits on the left are 0.
      Value ones = x.scalar(-1);
      Value negative = x.lt(0);
      Value bits = fills ? negative.where(ones.sub(x), x) : x;
      Value moved = Value.of(this, bits.cast(ElementType.UINT64), by).cast(ElementType.INT64);
      Value fill = fills ? negative.where(ones, x.scalar(0)) : x.scalar(0);
      Value result = fills ? negative.where(ones.sub(moved), moved) : moved;
      return inside.where(result, fill).cast(element);
    }
  }

  /** Bits that are set in both. */
  @Onnx(since = 18, from = 18, inputs = "A B", outputs = "C")
  @NotDifferentiable("integers")
  record BitwiseAnd() implements Bitwise, Formula {
    @Override
    public @Nullable Value formula(Expansion e) {
      return Bits.combined(e, (a, b) -> a.mul(b));
    }
  }

  /** Bits that are set in one or both. */
  @Onnx(since = 18, from = 18, inputs = "A B", outputs = "C")
  @NotDifferentiable("integers")
  record BitwiseOr() implements Bitwise, Formula {
    @Override
    public @Nullable Value formula(Expansion e) {
      return Bits.combined(e, (a, b) -> a.max(b));
    }
  }

  /** Bits that are set in one and not in the other. */
  @Onnx(since = 18, from = 18, inputs = "A B", outputs = "C")
  @NotDifferentiable("integers")
  record BitwiseXor() implements Bitwise, Formula {
    @Override
    public @Nullable Value formula(Expansion e) {
      return Bits.combined(e, (a, b) -> a.sub(b).abs());
    }
  }
}
