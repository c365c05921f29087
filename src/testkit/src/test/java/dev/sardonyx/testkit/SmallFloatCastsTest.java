package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sardonyx.ir.Conversion;
import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Codes;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Casts to and from floats of 8 and 4 bits, bit for bit what ml_dtypes and ONNX's own code give;
 * conformance-tests/scripts/make_cast_cases.py made the numbers.
 */
class SmallFloatCastsTest {
  private static final Map<String, Tensor> REFERENCE = read();

  private static Map<String, Tensor> read() {
    try {
      return Npz.read(
          Path.of(
              Objects.requireNonNull(SmallFloatCastsTest.class.getResource("casts.npz")).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code TYPE_FROM} and {@code TYPE_FROM_unsaturated}. */
  static Stream<String> encodings() {
    return new TreeSet<>(REFERENCE.keySet())
        .stream().filter(name -> name.startsWith("float") && !name.startsWith("float8e8m0"));
  }

  @ParameterizedTest
  @MethodSource("encodings")
  void encodesAsTheReferenceDoes(String name) {
    String[] parts = name.split("_");
    ElementType to = ElementType.parse(parts[0]);
    Tensor x = REFERENCE.get("x_" + parts[1]);
    var cast = new Elementwise.Cast(to, parts.length == 2, Conversion.RoundMode.UP);
    assertCodes(REFERENCE.get(name), x, run(cast, x));
  }

  @ParameterizedTest
  @EnumSource(Conversion.RoundMode.class)
  void roundsScalesAsTheReferenceDoes(Conversion.RoundMode mode) {
    Tensor x = REFERENCE.get("x_float8e8m0");
    var cast = new Elementwise.Cast(ElementType.FLOAT8E8M0, true, mode);
    assertCodes(REFERENCE.get("float8e8m0_float32_" + mode), x, run(cast, x));
  }

  static Stream<ElementType> types() {
    return Stream.of(ElementType.values()).filter(ElementType::isSmallFloat);
  }

  @ParameterizedTest
  @MethodSource("types")
  void decodesAsTheReferenceDoes(ElementType type) {
    Tensor expected = REFERENCE.get("values_" + type);
    Tensor x = Codes.decode(type, codes((int) expected.size()));
    Tensor actual = run(new Elementwise.Cast(ElementType.FLOAT32), x);
    for (int code = 0; code < expected.size(); code++) {
      assertEquals(expected.getDouble(code), actual.getDouble(code), "code " + code);
      assertEquals(expected.getDouble(code), x.getDouble(code), "code " + code);
    }
  }

  @Test
  void everyCodeOfEveryTypeComesBackAsItWas() {
    Stream.of(ElementType.values())
        .filter(Codes::areFor)
        .forEach(
            type -> {
              Tensor x = Codes.decode(type, codes(1 << type.bits()));
              assertEquals(x, run(new Elementwise.Identity(), x), type.toString());
            });
  }

  @Test
  void theReferenceIsNotEmpty() {
    assertFalse(encodings().toList().isEmpty());
  }

  private static Tensor codes(int count) {
    ByteBuffer codes = Tensor.allocate(ElementType.UINT8, count);
    for (int i = 0; i < count; i++) {
      codes.put(i, (byte) i);
    }
    return Tensor.wrap(ElementType.UINT8, new long[] {count}, codes);
  }

  private static Tensor run(dev.sardonyx.ir.Op op, Tensor x) {
    Value input = Value.input("x", x.type());
    Graph graph = Graph.of("cast", List.of(input), List.of(Value.of(op, input)));
    return Evaluate.run(graph, List.of(x)).get(0);
  }

  private static void assertCodes(Tensor expected, Tensor x, Tensor actual) {
    Tensor codes = Codes.of(actual);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(
          expected.getLong(i), codes.getLong(i), "the code of " + x.getDouble(i) + ", number " + i);
    }
    assertEquals(expected.size(), codes.size());
  }
}
