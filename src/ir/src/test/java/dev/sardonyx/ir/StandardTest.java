package dev.sardonyx.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandardTest {
  private static Standard.Schema schema(String domain, String type, int opset) {
    Standard.Schema schema = Standard.find(domain, type, opset);
    assertNotNull(schema, type);
    return schema;
  }

  @Test
  void everyVersionIsThere() {
    List<Standard.Schema> all =
        Standard.newest().stream()
            .flatMap(s -> Standard.versions(s.domain(), s.type()).stream())
            .toList();
    assertEquals(659, all.stream().filter(s -> !isContrib(s)).count());
    assertEquals(
        201,
        Standard.newest().stream()
            .filter(s -> s.domain().isEmpty() && !s.deprecated() && !isContrib(s))
            .count());
  }

  private static boolean isContrib(Standard.Schema s) {
    return s.domain().equals("com.microsoft") || s.type().equals("SimplifiedLayerNormalization");
  }

  @Test
  void anOpsetHasTheVersionBeforeIt() {
    assertEquals(11, schema("", "Conv", 21).since());
    assertEquals(22, schema("ai.onnx", "Conv", 22).since());
    assertEquals(22, schema("", "Conv", 28).since());
    assertNull(Standard.find("", "Celu", 11));
    assertNull(Standard.find("", "NoSuchOperator", 28));
    assertTrue(schema("", "Upsample", 10).deprecated());
    assertFalse(schema("", "Upsample", 9).deprecated());
  }

  @Test
  void parametersHaveTheirOptions() {
    Standard.Schema conv = schema("", "Conv", 22);
    assertEquals(
        List.of(
            new Standard.Parameter("X", "T", false, false, 1, false),
            new Standard.Parameter("W", "T", false, false, 1, false),
            new Standard.Parameter("B", "T", true, false, 0, false)),
        conv.inputs());
    assertEquals(
        Set.of("float16", "float32", "float64", "bfloat16"), conv.types(conv.inputs().get(0)));
    Standard.Schema loop = schema("", "Loop", 28);
    assertEquals(new Standard.Parameter("v_initial", "V", false, true, 0, true), loop.input(7));
    assertTrue(loop.constraints().get("V").contains("optional(seq(int8))"));
    Standard.Schema reshape = schema("", "Reshape", 28);
    assertEquals(Set.of("int64"), reshape.types(reshape.inputs().get(1)));
    assertNull(reshape.input(2));
  }

  @Test
  void attributesHaveTheirDefaults() {
    Standard.Schema rnn = schema("", "RNN", 28);
    assertEquals(
        new Standard.Attribute(
            "activations", Standard.Kind.STRINGS, false, List.of("Tanh", "Tanh")),
        rnn.attribute("activations"));
    assertEquals(
        new Standard.Attribute("hidden_size", Standard.Kind.INT, false, null),
        rnn.attribute("hidden_size"));
    assertEquals(
        new Standard.Attribute("to", Standard.Kind.INT, true, null),
        schema("", "Cast", 28).attribute("to"));
    assertEquals(
        new Standard.Attribute("alpha", Standard.Kind.FLOAT, false, 0.01f),
        schema("", "LeakyRelu", 28).attribute("alpha"));
    assertEquals(
        new Standard.Attribute("axes", Standard.Kind.INTS, false, List.of(0L, 2L, 3L)),
        schema("", "MeanVarianceNormalization", 28).attribute("axes"));
    assertEquals(4L, schema("com.microsoft", "MatMulNBits", 1).attribute("bits").defaultValue());
  }

  @Test
  void typesAreSpelledAsInTheTable() {
    Type floats = TensorType.of(ElementType.FLOAT32, 2);
    assertEquals("float32", Standard.spelling(floats));
    assertEquals(
        "optional(seq(float32))", Standard.spelling(new Type.Optional(new Type.Sequence(floats))));
    assertEquals(
        "map(int64,string)",
        Standard.spelling(new Type.Map(ElementType.INT64, TensorType.scalar(ElementType.STRING))));
  }
}
