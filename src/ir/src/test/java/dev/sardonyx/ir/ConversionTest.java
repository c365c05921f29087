package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import org.junit.jupiter.api.Test;

class ConversionTest {
  private static Value in(String type) {
    return Value.input("x", TensorType.parse(type));
  }

  @Test
  void bitsAreReadAsTypesOfAsManyBits() {
    Value x = in("float32[N]");
    assertEquals(
        TensorType.parse("uint32[N]"),
        Value.of(new Conversion.BitCast(ElementType.UINT32), x).type());
    assertRefused(
        "[ATTR-050] BitCast cannot read the 32 bits of float32 as int64",
        "input: float32[N]",
        () -> Value.of(new Conversion.BitCast(ElementType.INT64), x));
  }

  @Test
  void castLikeTakesTheOthersType() {
    Value like = Value.of(new Conversion.CastLike(), in("float32[N]"), in("float16[3]"));
    assertEquals(TensorType.parse("float16[N]"), like.type());
  }
}
