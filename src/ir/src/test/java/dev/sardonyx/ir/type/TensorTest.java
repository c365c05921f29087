package dev.sardonyx.ir.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {
  /** Bit patterns by IEEE 754: binary16 has 5 bits of exponent and 10 of fraction. */
  @ParameterizedTest
  @CsvSource({
    "0,0x0000",
    "-0.0,0x8000",
    "1,0x3C00",
    "-2,0xC000",
    "0.333251953125,0x3555",
    "65504,0x7BFF",
    "65519,0x7BFF",
    "65520,0x7C00",
    "1e9,0x7C00",
    "-Infinity,0xFC00",
    "6.103515625e-05,0x0400",
    "6.097555160522461e-05,0x03FF",
    "5.960464477539063e-08,0x0001",
    "2.9802322387695312e-08,0x0000",
    "3.1e-08,0x0001",
    "2049,0x6800",
    "2051,0x6802",
    "1.0009765625,0x3C01",
    "1.00048828125,0x3C00",
    "1.00146484375,0x3C02"
  })
  void roundsToHalfPrecision(double value, String bits) {
    Tensor tensor = Tensor.scalar(ElementType.FLOAT16, value);
    assertEquals(Integer.decode(bits).shortValue(), tensor.bytes().getShort(0));
  }

  /** All 65,536 halves are what the definition says, and survive being written again. */
  @Test
  void readsEveryHalf() {
    ByteBuffer data = Tensor.allocate(ElementType.FLOAT16, 65_536);
    for (int i = 0; i < 65_536; i++) {
      data.putShort(2 * i, (short) i);
    }
    Tensor all = Tensor.wrap(ElementType.FLOAT16, new long[] {65_536}, data);
    for (int i = 0; i < 65_536; i++) {
      double expected = half(i);
      assertEquals(expected, all.getDouble(i), "bits " + i);
      if (!Double.isNaN(expected)) {
        Tensor again = Tensor.scalar(ElementType.FLOAT16, expected);
        assertEquals((short) i, again.bytes().getShort(0));
      }
    }
    assertTrue(Double.isNaN(Tensor.scalar(ElementType.FLOAT16, Double.NaN).getDouble(0)));
  }

  private static double half(int bits) {
    int exponent = bits >> 10 & 31;
    double fraction = (bits & 1023) / 1024.0;
    double magnitude =
        switch (exponent) {
          case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          case 0 -> fraction * Math.pow(2, -14);
          default -> (1 + fraction) * Math.pow(2, exponent - 15);
        };
    return bits >= 0x8000 ? -magnitude : magnitude;
  }

  /** bfloat16 is the upper half of a float32, rounded to nearest, halves to even. */
  @ParameterizedTest
  @CsvSource({
    "1,0x3F80",
    "-1,0xBF80",
    "3.1415927,0x4049",
    "1.00390625,0x3F80",
    "1.01171875,0x3F82",
    "1.0039064,0x3F81",
    "3.4e38,0x7F80",
    "Infinity,0x7F80",
    "NaN,0x7FC0",
    "1e-40,0x0001"
  })
  void roundsToBfloat(double value, String bits) {
    Tensor tensor = Tensor.scalar(ElementType.BFLOAT16, value);
    assertEquals(Integer.decode(bits).shortValue(), tensor.bytes().getShort(0));
    double back = Float.intBitsToFloat(Integer.decode(bits) << 16);
    assertEquals(back, tensor.getDouble(0));
  }

  @ParameterizedTest
  @CsvSource({
    "UINT8,255",
    "INT8,-128",
    "UINT16,65535",
    "INT16,-32768",
    "UINT32,4294967295",
    "INT32,-2147483648",
    "INT64,-9007199254740992",
    "UINT64,18446744073709549568",
    "BOOL,1"
  })
  void keepsIntegers(ElementType element, double value) {
    assertEquals(value, Tensor.scalar(element, value).getDouble(0));
  }

  @Test
  void keepsLongsExactly() {
    long[] values = {Long.MIN_VALUE, -1, 0, 9007199254740993L, Long.MAX_VALUE};
    Tensor tensor = Tensor.of(values);
    assertArrayEquals(values, tensor.toLongArray());
    assertEquals(9007199254740993L, tensor.getLong(3));
    assertArrayEquals(new long[] {-1, 7}, Tensor.of(new int[] {-1, 7}).toLongArray());
  }

  @Test
  void keepsRowsTogether() {
    Tensor rows = Tensor.of(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    assertArrayEquals(new long[] {3, 2}, rows.dims());
    Tensor middle = rows.rows(1, 2);
    assertArrayEquals(new long[] {1, 2}, middle.dims());
    assertArrayEquals(new float[] {3, 4}, middle.toFloatArray());
    assertArrayEquals(new long[] {0, 2}, rows.rows(3, 3).dims());
    assertEquals(Tensor.of(new float[][] {{3, 4}}), middle);
    Tensor names = Tensor.ofStrings(List.of("a", "b", "c", "d"), 2, 2);
    assertEquals(List.of("c", "d"), names.rows(1, 2).strings());
  }

  @Test
  void refusesRowsThatAreNotThere() {
    Tensor rows = Tensor.of(new float[][] {{1, 2}, {3, 4}});
    assertWrong("float32[2,2] has no rows 1 to 3", () -> rows.rows(1, 3));
    assertWrong("float32[2,2] has no rows -1 to 1", () -> rows.rows(-1, 1));
    assertWrong("float32[2,2] has no rows 2 to 1", () -> rows.rows(2, 1));
    assertWrong("float32[] has no rows 0 to 1", () -> Tensor.scalar(1f).rows(0, 1));
    Tensor nibbles = Tensor.zeros(ElementType.INT4, 2, 3);
    assertWrong("the rows of int4[2,3] do not start at bytes", () -> nibbles.rows(1, 2));
    assertEquals(1, Tensor.zeros(ElementType.INT4, 2, 2).rows(1, 2).bytes().remaining());
  }

  private static void assertWrong(String message, Executable wrong) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, wrong).getMessage());
  }

  @Test
  void equalsByTypeShapeAndContent() {
    Tensor a = Tensor.of(new float[] {1, 2}, 2);
    assertEquals(a, Tensor.of(new float[] {1, 2}));
    assertEquals(a.hashCode(), Tensor.of(new float[] {1, 2}).hashCode());
    assertNotEquals(a, Tensor.of(new float[] {1, 3}));
    assertNotEquals(a, Tensor.of(new float[] {1, 2}, 1, 2));
    assertNotEquals(a, Tensor.of(new int[] {1, 2}));
    float[] zeros = new float[100];
    float[] other = new float[100];
    other[99] = 1;
    assertNotEquals(Tensor.of(zeros), Tensor.of(other));
    assertEquals(Tensor.ofStrings(List.of("a")), Tensor.ofStrings(List.of("a")));
    assertNotEquals(Tensor.ofStrings(List.of("a")), Tensor.ofStrings(List.of("b")));
  }

  @Test
  void wrapsBytesOfEitherOrderAndPlace() {
    ByteBuffer heap = ByteBuffer.wrap(new byte[] {9, 0, 0, (byte) 0x80, 0x3F, 9});
    heap.position(1).limit(5);
    Tensor tensor = Tensor.wrap(ElementType.FLOAT32, new long[] {1}, heap);
    assertEquals(1f, tensor.floats().get(0));
    assertEquals(1, heap.position());
    ByteBuffer direct = ByteBuffer.allocateDirect(4).order(ByteOrder.BIG_ENDIAN);
    direct.put(0, (byte) 2);
    assertEquals(2, Tensor.wrap(ElementType.INT32, new long[0], direct).getLong(0));
    assertTrue(tensor.bytes().isReadOnly());
  }

  @Test
  void refusesBytesThatDoNotFillTheShape() {
    ByteBuffer four = ByteBuffer.allocate(4);
    assertWrong(
        "float32[2] needs 8 bytes, got 4",
        () -> Tensor.wrap(ElementType.FLOAT32, new long[] {2}, four));
    assertWrong(
        "negative dimension in [-1]",
        () -> Tensor.wrap(ElementType.FLOAT32, new long[] {-1}, four));
    assertWrong(
        "int8[4611686018427387904,4] has more elements than a tensor can",
        () -> Tensor.wrap(ElementType.INT8, new long[] {1L << 62, 4}, four));
    assertWrong(
        "float32[1073741824] needs 4294967296 bytes, more than 2 GiB",
        () -> Tensor.zeros(ElementType.FLOAT32, 1L << 30));
    assertWrong("float32[3] needs 12 bytes, got 8", () -> Tensor.of(new float[] {1, 2}, 3));
    assertWrong(
        "ragged rows: the first has 1 columns, another 2",
        () -> Tensor.of(new float[][] {{1}, {2, 3}}));
    assertWrong("1 strings do not fill [2]", () -> Tensor.ofStrings(List.of("a"), 2));
  }

  @Test
  void readsOnlyWhatItHolds() {
    Tensor floats = Tensor.of(new float[] {1.5f});
    assertThrows(IllegalStateException.class, floats::longs);
    assertThrows(IllegalStateException.class, () -> floats.getLong(0));
    assertThrows(IllegalStateException.class, () -> Tensor.scalar(1L).floats());
    assertThrows(
        IllegalStateException.class, () -> Tensor.zeros(ElementType.COMPLEX64).getDouble(0));
  }

  @Test
  void reshapesWithoutCopying() {
    Tensor vector = Tensor.of(new long[] {1, 2, 3, 4});
    assertArrayEquals(new long[] {2, 2}, vector.reshape(2, 2).dims());
    assertArrayEquals(vector.toLongArray(), vector.reshape(2, 2).toLongArray());
    assertWrong("int64[4] cannot take the shape [3]", () -> vector.reshape(3));
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void namesAndNumbersTellElementTypes(ElementType type) {
    assertEquals(type, ElementType.parse(type.toString()));
    assertEquals(type, ElementType.ofCode(type.code()));
  }

  @Test
  void packsSmallElements() {
    assertEquals(2, ElementType.INT4.bytesFor(3));
    assertEquals(1, ElementType.UINT2.bytesFor(4));
    assertEquals(2, ElementType.UINT2.bytesFor(5));
    assertThrows(ArithmeticException.class, () -> ElementType.INT64.bytesFor(Long.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> ElementType.ofCode(0));
  }
}
