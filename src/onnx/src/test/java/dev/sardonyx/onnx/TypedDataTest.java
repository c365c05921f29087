package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Models.model;
import static dev.sardonyx.onnx.Models.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors as the typed fields of {@code TensorProto} hold them, and all that can be wrong. */
class TypedDataTest {
  private static ModelProto.Builder holding(TensorProto.Builder tensor) {
    return model(
        GraphProto.newBuilder()
            .addInitializer(tensor.setName("w"))
            .addOutput(ValueInfoProto.newBuilder().setName("w")));
  }

  private static TensorProto.Builder of(ElementType element, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(element.code());
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    return tensor;
  }

  private static Tensor read(TensorProto.Builder tensor) {
    Op op = Models.read(holding(tensor)).outputs().get(0).op();
    return op instanceof Leaf.Parameter p ? p.tensor() : ((Leaf.Constant) op).tensor();
  }

  /** The little-endian bytes that the entries of int32_data stand for, by the standard. */
  @ParameterizedTest
  @CsvSource({
    "INT32,   2, '-2 7',       feffffff07000000",
    "INT16,   2, '-2 32767',   feffff7f",
    "UINT16,  2, '65535 1',    ffff0100",
    "INT8,    3, '-128 127 0', 807f00",
    "UINT8,   2, '255 0',      ff00",
    "BOOL,    2, '1 0',        0100",
    "FLOAT16, 2, '15360 49152', 003c00c0",
    "BFLOAT16, 2, '16256 -16384', 803f00c0",
    "FLOAT8E4M3FN, 2, '255 1', ff01",
    "FLOAT8E4M3FNUZ, 1, '128', 80",
    "FLOAT8E5M2, 1, '126',     7e",
    "FLOAT8E5M2FNUZ, 1, '1',   01",
    "FLOAT8E8M0, 1, '127',     7f",
    "UINT4,   3, '33 3',       2103",
    "INT4,    2, '248',        f8",
    "FLOAT4E2M1, 2, '18',      12",
    "UINT2,   5, '228 1',      e401",
    "INT2,    4, '27',         1b",
  })
  void int32Data(ElementType element, long count, String entries, String bytes) {
    TensorProto.Builder tensor = of(element, count);
    Stream.of(entries.split(" ")).map(Integer::valueOf).forEach(tensor::addInt32Data);
    ByteBuffer expected = ByteBuffer.wrap(HexFormat.of().parseHex(bytes));
    assertEquals(Tensor.wrap(element, new long[] {count}, expected), read(tensor));
  }

  @Test
  void otherFields() {
    assertEquals(
        Tensor.of(new float[] {1, Float.NaN}, 2, 1),
        read(of(ElementType.FLOAT32, 2, 1).addFloatData(1).addFloatData(Float.NaN)));
    assertEquals(
        Tensor.of(new double[] {1, -0.0}),
        read(of(ElementType.FLOAT64, 2).addDoubleData(1).addDoubleData(-0.0)));
    assertEquals(
        Tensor.of(new long[] {Long.MIN_VALUE}),
        read(of(ElementType.INT64, 1).addInt64Data(Long.MIN_VALUE)));
    assertEquals(
        Tensor.from(ElementType.UINT32, new double[] {4294967295.0}, new long[] {1}),
        read(of(ElementType.UINT32, 1).addUint64Data(0xFFFF_FFFFL)));
    assertEquals(
        Tensor.wrap(ElementType.UINT64, new long[] {}, bytes(8).putLong(-1).flip()),
        read(of(ElementType.UINT64).addUint64Data(-1)));
    assertEquals(
        Tensor.wrap(ElementType.COMPLEX64, new long[] {1}, bytes(8).putFloat(1).putFloat(2).flip()),
        read(of(ElementType.COMPLEX64, 1).addFloatData(1).addFloatData(2)));
    assertEquals(
        Tensor.wrap(
            ElementType.COMPLEX128, new long[] {1}, bytes(16).putDouble(1).putDouble(2).flip()),
        read(of(ElementType.COMPLEX128, 1).addDoubleData(1).addDoubleData(2)));
    assertEquals(
        Tensor.ofStrings(List.of("é")),
        read(of(ElementType.STRING, 1).addStringData(ByteString.copyFromUtf8("é"))));
    assertEquals(Tensor.of(new float[0]), read(of(ElementType.FLOAT32, 0)));
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void assertRefused(TensorProto.Builder tensor, String code, String message) {
    Diagnostic d = refused(holding(tensor));
    assertEquals(code, d.code(), d::toString);
    assertTrue(d.message().contains(message), d::toString);
    assertEquals("model.onnx, initializer w", d.at().toString());
  }

  @Test
  void sizesThatDoNotFit() {
    ByteString four = ByteString.copyFrom(new byte[4]);
    assertRefused(of(ElementType.FLOAT32, 2).setRawData(four), "ONNX-008", "needs 8 bytes");
    assertRefused(of(ElementType.FLOAT32, 0).setRawData(four), "ONNX-008", "needs 0 bytes");
    assertRefused(of(ElementType.INT4, 9).setRawData(four), "ONNX-008", "needs 5 bytes");
    assertRefused(of(ElementType.FLOAT32, 1), "ONNX-008", "needs 1 entries of float_data, got 0");
    assertRefused(of(ElementType.UINT4, 3).addInt32Data(1), "ONNX-008", "needs 2 entries");
    assertRefused(of(ElementType.STRING, 2), "ONNX-008", "needs 2 entries of string_data");
    assertRefused(of(ElementType.COMPLEX64, 1).addFloatData(1), "ONNX-008", "needs 2 entries");
  }

  @Test
  void dimensionsThatPromiseTooMuch() {
    ByteString four = ByteString.copyFrom(new byte[4]);
    long huge = 1L << 31;
    assertRefused(of(ElementType.FLOAT32, huge, huge), "ONNX-008", "overflows 64 bits");
    assertRefused(of(ElementType.FLOAT32, huge, 1 << 20), "ONNX-008", "needs 2251799813685248");
    assertRefused(of(ElementType.FLOAT32, huge, huge, huge), "ONNX-008", "overflows");
    assertRefused(
        of(ElementType.FLOAT32, Long.MAX_VALUE).setRawData(four), "ONNX-008", "overflows");
    assertRefused(of(ElementType.INT8, -1).setRawData(four), "ONNX-008", "negative");
    assertRefused(of(ElementType.INT8, -2, -2).setRawData(four), "ONNX-008", "negative");
    assertRefused(of(ElementType.STRING, huge), "ONNX-008", "needs 2147483648 entries");
    assertRefused(of(ElementType.COMPLEX128, Long.MAX_VALUE / 2), "ONNX-008", "overflows");
  }

  @Test
  void fieldsThatDoNotFitTheType() {
    ByteString four = ByteString.copyFrom(new byte[4]);
    assertRefused(
        of(ElementType.FLOAT32, 1).setRawData(four).addFloatData(1), "ONNX-008", "given twice");
    assertRefused(of(ElementType.FLOAT32, 1).addInt32Data(1), "ONNX-008", "int32_data");
    assertRefused(of(ElementType.STRING, 4).setRawData(four), "ONNX-008", "raw_data");
    assertRefused(of(ElementType.INT8, 1).addInt32Data(128), "ONNX-008", "128 is no int8");
    assertRefused(of(ElementType.UINT8, 1).addInt32Data(-1), "ONNX-008", "-1 is no uint8");
    assertRefused(of(ElementType.BOOL, 1).addInt32Data(2), "ONNX-008", "2 is no bool");
    assertRefused(of(ElementType.FLOAT16, 1).addInt32Data(65536), "ONNX-008", "65536");
    assertRefused(of(ElementType.UINT32, 1).addUint64Data(-1), "ONNX-008", "-1 is no uint32");
    ByteString latin = ByteString.copyFrom(new byte[] {(byte) 0xE9});
    assertRefused(of(ElementType.STRING, 1).addStringData(latin), "ONNX-012", "not UTF-8");
  }

  @Test
  void typesThatAreNone() {
    for (int code : new int[] {0, -1, 27, 28, 1000}) {
      TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(code);
      assertRefused(tensor, "ONNX-010", "element type");
    }
  }

  @Test
  void placesThatAreNotSupported() {
    assertRefused(
        of(ElementType.FLOAT32, 1).setDataLocation(TensorProto.DataLocation.EXTERNAL),
        "ONNX-040",
        "\"location\" of the tensor's external data is missing");
    TensorProto.Builder external = of(ElementType.FLOAT32, 1);
    external.addExternalDataBuilder().setKey("location").setValue("../../../etc/passwd");
    assertRefused(external, "ONNX-043", "bytes have no folder");
    TensorProto.Builder segment = of(ElementType.FLOAT32, 1);
    segment.getSegmentBuilder().setBegin(0).setEnd(1);
    assertRefused(segment, "ONNX-006", "segments");
  }
}
