package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import java.util.Arrays;

/** What one of n elements has in their mean: 1/n. */
final class Share {
  private Share() {}

  /** A scalar of x's element type, for the elements along {@code axes} of {@code x}. */
  static Value of(Value x, long... axes) {
    Dim count =
        Arrays.stream(axes).mapToObj(a -> x.shape().dim((int) a)).reduce(Dim.ONE, Dim::times);
    if (count.isFixed()) {
      return x.scalar(1.0 / count.value());
    }
    // Not in float16, whose greatest number is 65504.
    ElementType wide =
        x.element() == ElementType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
    Value extents =
        Extents.join(Arrays.stream(axes).mapToObj(a -> Extents.axis(x, (int) a)).toList());
    return extents.prod(false, 0).cast(wide).reciprocal().cast(x.element());
  }
}
