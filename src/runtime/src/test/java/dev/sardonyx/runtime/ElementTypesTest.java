package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementTypesTest {
  /** Random bits, so that nothing passes by being converted; a boolean is 0 or 1. */
  private static Tensor random(ElementType element, long... dims) {
    ByteBuffer bytes = Tensor.allocate(element, dims);
    Random random = new Random(element.code());
    for (int i = 0; i < bytes.capacity(); i++) {
      bytes.put(i, (byte) random.nextInt(element == ElementType.BOOL ? 2 : 256));
    }
    return Tensor.wrap(element, dims, bytes);
  }

  private static byte[] identity(ElementType element, Object... dims) {
    return new TinyModel()
        .input("x", element, dims)
        .output("y", element, dims)
        .node("Identity", "x", "y")
        .bytes();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "FLOAT32",
        "FLOAT64",
        "FLOAT16",
        "BFLOAT16",
        "INT8",
        "UINT8",
        "INT16",
        "UINT16",
        "INT32",
        "UINT32",
        "INT64",
        "UINT64",
        "BOOL"
      })
  void bitsSurvive(ElementType element) {
    for (Object[] dims : List.of(new Object[] {"N", 3}, new Object[] {"", 3})) {
      try (Session session = Session.open(identity(element, dims))) {
        for (long rows : new long[] {1, 5, 0, 1000}) {
          Tensor x = random(element, rows, 3);
          assertEquals(x, session.run(Map.of("x", x)).get("y"));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "FLOAT32",
        "FLOAT64",
        "FLOAT16",
        "BFLOAT16",
        "INT8",
        "UINT8",
        "INT16",
        "UINT16",
        "INT32",
        "UINT32",
        "INT64",
        "UINT64",
        "BOOL"
      })
  void scalarsSurvive(ElementType element) {
    try (Session session = Session.open(identity(element))) {
      Tensor x = random(element);
      assertEquals(x, session.run(Map.of("x", x)).get("y"));
    }
  }

  @Test
  void stringsSurvive() {
    try (Session session = Session.open(identity(ElementType.STRING, "N", 2))) {
      Tensor x = Tensor.ofStrings(List.of("a", "", "Müller", "漢字"), 2, 2);
      assertEquals(x, session.run(Map.of("x", x)).get("y"));
      Tensor empty = Tensor.ofStrings(List.of(), 0, 2);
      assertEquals(empty, session.run(Map.of("x", empty)).get("y"));
    }
    try (Session session = Session.open(identity(ElementType.STRING))) {
      Tensor scalar = Tensor.ofStrings(List.of("one"), 1).reshape();
      assertEquals(scalar, session.run(Map.of("x", scalar)).get("y"));
    }
  }

  @Test
  void charactersThatJniWouldChangeAreRefused() {
    try (Session session = Session.open(identity(ElementType.STRING, "N"))) {
      for (String s : List.of("a\0b", "\uD83D\uDE00")) {
        Tensor x = Tensor.ofStrings(List.of("ok", s));
        assertTrue(
            Refused.with("RT-016", () -> session.run(Map.of("x", x)))
                .message()
                .contains("input \"x\""));
      }
    }
  }

  @Test
  void typesThatCannotBeCarriedAreRefusedByName() {
    assertEquals(
        "\"x\" is a tensor of type float8e5m2, which the runtime does not carry",
        Refused.with("RT-007", () -> Session.open(identity(ElementType.FLOAT8E5M2, 2))).message());
    byte[] half =
        new TinyModel()
            .input("x", ElementType.FLOAT32, 2)
            .output("small", ElementType.FLOAT8E5M2, 2)
            .output("parts", TinyModel.sequenceOf(ElementType.FLOAT32))
            .output("y", ElementType.FLOAT32, 2)
            .node("Cast", "x", "small", TinyModel.integer("to", ElementType.FLOAT8E5M2.code()))
            .node("SequenceConstruct", "x", "parts")
            .node("Neg", "x", "y")
            .bytes();
    try (Session session = Session.open(half)) {
      Map<String, Tensor> x = Map.of("x", Tensor.of(new float[] {1, 2}));
      assertEquals("{y=float32[2]}", session.outputs().toString());
      assertEquals(-2, session.run(x, List.of("y")).get("y").getDouble(1));
      Refused.with("RT-007", () -> session.run(x));
      assertEquals(
          "\"parts\" is a sequence, which the runtime does not carry",
          Refused.with("RT-007", () -> session.run(x, List.of("parts"))).message());
    }
  }
}
