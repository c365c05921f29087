package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy 2.4 wrote with {@code savez}, {@code savez_compressed} and {@code save}. */
class NpzTest {
  private static final Tensor MATRIX = Tensor.of(new float[][] {{1, -2, 3}, {4, 5, 6}});

  private static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(NpzTest.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void everyTypeComesAsItWasWritten(String name) {
    Map<String, Tensor> arrays = Npz.read(file(name));
    assertEquals(
        List.of(
            "scalar", "matrix", "doubles", "halves", "flags", "bytes", "shorts", "ints", "longs",
            "ubytes", "ushorts", "uints", "ulongs", "empty"),
        List.copyOf(arrays.keySet()));
    assertEquals(Tensor.scalar(2.5f), arrays.get("scalar"));
    assertEquals(MATRIX, arrays.get("matrix"));
    assertEquals(Tensor.of(new double[] {0.1, -1e300}), arrays.get("doubles"));
    assertEquals(ElementType.FLOAT16, arrays.get("halves").element());
    assertArrayEquals(new float[] {0.5f, -2}, arrays.get("halves").toFloatArray());
    assertEquals(Tensor.of(new boolean[] {true, false, true}), arrays.get("flags"));
    assertEquals(
        Tensor.of(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}, 2, 1), arrays.get("ints"));
    assertEquals(Tensor.of(new long[] {Long.MIN_VALUE, Long.MAX_VALUE}), arrays.get("longs"));
    assertEquals(Tensor.zeros(ElementType.FLOAT32, 0, 3), arrays.get("empty"));
    integers(arrays.get("bytes"), ElementType.INT8, -128, 127);
    integers(arrays.get("shorts"), ElementType.INT16, -32768, 32767);
    integers(arrays.get("ubytes"), ElementType.UINT8, 0, 255);
    integers(arrays.get("ushorts"), ElementType.UINT16, 0, 65535);
    integers(arrays.get("uints"), ElementType.UINT32, 0, 4294967295L);
    integers(arrays.get("ulongs"), ElementType.UINT64, 0, 7);
  }

  private static void integers(Tensor tensor, ElementType element, long... values) {
    assertEquals(element, tensor.element());
    assertArrayEquals(values, tensor.toLongArray());
  }

  @Test
  void laterVersionsHaveALongerHeader() {
    assertEquals(MATRIX, Npy.read(file("version2.npy")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"columns_first.npy", "big_endian.npy"})
  void otherLayoutsAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> Npy.read(file(name)));
  }

  @Test
  void whatIsCutOffIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file("version2.npy"));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThrows(IllegalArgumentException.class, () -> Npy.parse(part), "length " + length);
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThrows(IllegalArgumentException.class, () -> Npy.parse(longer));
  }
}
