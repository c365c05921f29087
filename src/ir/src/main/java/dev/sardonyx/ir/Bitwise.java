package dev.sardonyx.ir;

import static dev.sardonyx.ir.Onnx.Elements.INTEGER;
import static dev.sardonyx.ir.Onnx.Elements.UNSIGNED;

/** Operators on the bits of integers. */
public sealed interface Bitwise extends Broadcasting {
  /** Which way bits move. */
  enum Direction {
    LEFT,
    RIGHT
  }

  /** a shifted by b bits, zeros moving in. */
  @Onnx(since = 11, from = 11, inputs = "X Y", outputs = "Z", on = UNSIGNED)
  @NotDifferentiable("integers")
  record BitShift(Direction direction) implements Bitwise {}

  /** Bits that are set in both. */
  @Onnx(since = 18, from = 18, inputs = "A B", outputs = "C", on = INTEGER)
  @NotDifferentiable("integers")
  record BitwiseAnd() implements Bitwise {}

  /** Bits that are set in one and not in the other. */
  @Onnx(since = 18, from = 18, inputs = "A B", outputs = "C", on = INTEGER)
  @NotDifferentiable("integers")
  record BitwiseXor() implements Bitwise {}
}
