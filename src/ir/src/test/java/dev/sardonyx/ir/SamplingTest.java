package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplingTest {
  private static Value in(String type) {
    return Value.input("x", TensorType.parse(type));
  }

  @Test
  void dropoutSaysWhatWasLeft() {
    Node node = Node.of(new Sampling.Dropout(null), List.of(in("float16[N,4]")), 1);
    assertEquals(
        List.of(TensorType.parse("float16[N,4]"), TensorType.parse("bool[N,4]")), node.types());
  }

  @Test
  void multinomialDrawsIndices() {
    Op op = new Sampling.Multinomial(ElementType.INT64, 5, null);
    assertEquals(TensorType.parse("int64[N,5]"), Value.of(op, in("float32[N,C]")).type());
    assertEquals(TensorType.parse("int64[?,5]"), Value.of(op, in("float32[*]")).type());
    assertRefused(
        "[SHAPE-054] Multinomial takes a matrix, got rank 1",
        "input: float32[3]",
        () -> Value.of(op, in("float32[3]")));
    assertRefused(
        "[ATTR-004] Multinomial has dtype=float32",
        "input: float32[3,3]",
        "indices are int32 or int64",
        () -> Value.of(new Sampling.Multinomial(ElementType.FLOAT32, 5, null), in("float32[3,3]")));
  }
}
