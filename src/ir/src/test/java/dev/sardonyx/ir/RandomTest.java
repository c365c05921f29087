package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RandomTest {
  private static Value in(String type) {
    return Value.input("x", TensorType.parse(type));
  }

  @Test
  void likeTakesTheInputsShapeAndItsElementTypeUnlessTold() {
    Value x = in("float16[N,3]");
    assertEquals(x.type(), Value.of(new Random.RandomUniformLike(null, 1, 0, null), x).type());
    assertEquals(
        TensorType.parse("float32[N,3]"),
        Value.of(new Random.RandomNormalLike(ElementType.FLOAT32, 0, 1, 7f), x).type());
  }

  @Test
  void theOthersTakeTheirShapeFromAnAttribute() {
    List<Long> shape = List.of(2L, 0L);
    assertEquals(
        TensorType.parse("float64[2,0]"),
        Value.of(new Random.RandomUniform(ElementType.FLOAT64, 1, 0, null, shape)).type());
    assertEquals(
        TensorType.parse("float32[]"),
        Value.of(new Random.RandomNormal(ElementType.FLOAT32, 0, 1, null, List.of())).type());
  }

  @Test
  void filesMayLeaveTheElementTypeOut() {
    assertEquals(
        new Random.RandomUniformLike(null, 1, 0, null),
        OpSchema.of(Random.RandomUniformLike.class).create(Map.of()));
    assertEquals(
        new Random.RandomNormal(ElementType.FLOAT32, 0, 1, 3f, List.of(4L)),
        OpSchema.of(Random.RandomNormal.class).create(Map.of("seed", 3f, "shape", List.of(4L))));
  }

  @Test
  void onlyFloatsAreRandom() {
    assertRefused(
        "[ATTR-004] RandomUniformLike cannot make int32",
        "input: int32[2]",
        "random numbers are floats: set dtype, then cast",
        () -> Value.of(new Random.RandomUniformLike(null, 1, 0, null), in("int32[2]")));
    assertRefused(
        "[ATTR-004] RandomNormal has -1 in shape",
        "no inputs",
        "the least it takes is 0",
        () -> Value.of(new Random.RandomNormal(ElementType.FLOAT32, 0, 1, null, List.of(-1L))));
  }
}
