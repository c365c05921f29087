package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;

import dev.sardonyx.ir.type.TensorType;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
  private static Value x(String name, String type) {
    return Value.input(name, TensorType.parse(type));
  }

  @Test
  void boundsOfClipAreScalars() {
    assertRefused(
        "[SHAPE-020] Clip takes a scalar as max, got the shape [3]",
        "input: float32[N,3]   min: float32[]   max: float32[3]",
        "give one element, of the shape []",
        () ->
            Value.of(
                new Arithmetic.Clip(),
                x("x", "float32[N,3]"),
                x("lo", "float32[]"),
                x("hi", "float32[3]")));
  }
}
