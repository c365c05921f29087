package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;

/** Modified Bessel functions. */
final class Bessel {
  private static final double[] NEAR = {
    1, 3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.0360768, 0.0045813
  };
  private static final double[] FAR = {
    0.39894228,
    0.01328592,
    0.00225319,
    -0.00157565,
    0.00916281,
    -0.02057706,
    0.02635537,
    -0.01647633,
    0.00392377
  };

  private Bessel() {}

  /** Of the first kind and order 0; Abramowitz and Stegun 9.8.1 and 9.8.2. */
  static Value i0(Value x) {
    Value size = x.abs();
    Value near = Functions.polynomial(size.min(3.75).div(3.75).square(), NEAR);
    Value outside = size.max(3.75);
    Value far = Functions.polynomial(outside.reciprocal().mul(3.75), FAR);
    return size.lt(3.75).where(near, far.mul(outside.exp()).div(outside.sqrt()));
  }
}
