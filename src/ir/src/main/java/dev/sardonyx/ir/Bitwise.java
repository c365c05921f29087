package dev.sardonyx.ir;


/** Operators on the bits of integers. */
public sealed interface Bitwise extends Broadcasting {
  /** Which way bits move. */
  enum Direction {
    LEFT,
    RIGHT
  }

  /** a shifted by b bits, zeros moving in. */
  @Onnx(since = 28, from = 11, inputs = "X Y", outputs = "Z")
  @NotDifferentiable("integers")
  record BitShift(Direction direction) implements Bitwise {}

  /** Bits that are set in both. */
  @Onnx(since = 18, from = 18, inputs = "A B", outputs = "C")
  @NotDifferentiable("integers")
  record BitwiseAnd() implements Bitwise {}

  /** Bits that are set in one and not in the other. */
  @Onnx(since = 18, from = 18, inputs = "A B", outputs = "C")
  @NotDifferentiable("integers")
  record BitwiseXor() implements Bitwise {}
}
