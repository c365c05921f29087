package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;

/** Floats as whole numbers of a type that does not hold all of them. */
final class Saturation {
  private Saturation() {}

  /** Rounded to whole numbers, halves to even ones, and moved into the range of {@code to}. */
  static Value cast(Value x, ElementType to) {
    if (!to.isInteger()) {
      return x.cast(to);
    }
    int bits = to.bits() - (to.isUnsigned() ? 0 : 1);
    // The greatest float below the range's end: the end itself is none of a wide type.
    double most = bits > 24 ? Math.scalb(1 - Math.ulp(1f) / 2, bits) : Math.scalb(1.0, bits) - 1;
    double least = to.isUnsigned() ? 0 : -Math.scalb(1.0, bits);
    return x.round().clip(least, most).cast(to);
  }
}
