package dev.sardonyx.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * Native values of uint16, uint32 and uint64. ONNX Runtime's Java API makes none, so they come out
 * of a model of one Cast from the signed type of the same width, which keeps the bits.
 */
final class UnsignedTensors {
  private static final Map<ElementType, OrtSession> CASTS = new EnumMap<>(ElementType.class);

  private UnsignedTensors() {}

  static boolean isUnsigned(ElementType element) {
    return element == ElementType.UINT16
        || element == ElementType.UINT32
        || element == ElementType.UINT64;
  }

  /** A native copy; the caller closes it. */
  static OnnxTensor copy(Tensor tensor) throws OrtException {
    OnnxJavaType signed =
        switch (tensor.element()) {
          case UINT16 -> OnnxJavaType.INT16;
          case UINT32 -> OnnxJavaType.INT32;
          default -> OnnxJavaType.INT64;
        };
    OrtEnvironment environment = OnnxRuntimeLibrary.environment();
    try (OnnxTensor bits =
        OnnxTensor.createTensor(environment, tensor.bytes(), tensor.dims(), signed)) {
      // The result is not closed: that would free the value that is returned.
      return (OnnxTensor) cast(environment, tensor.element()).run(Map.of("x", bits)).get(0);
    }
  }

  private static synchronized OrtSession cast(OrtEnvironment environment, ElementType to)
      throws OrtException {
    OrtSession session = CASTS.get(to);
    if (session == null) {
      ElementType from = ElementType.valueOf(to.name().substring(1));
      // Lives as long as the process, like the environment.
      session =
          environment.createSession(
              model(from.code(), to.code()),
              OnnxRuntimeLibrary.nativeOptions(SessionOptions.defaults().withIntraOpThreads(1)));
      CASTS.put(to, session);
    }
    return session;
  }

  /** The model {@code y = Cast(x)} in ONNX's wire format: field numbers are those of onnx.proto. */
  private static byte[] model(int from, int to) {
    byte[] attribute = join(text(1, "to"), number(3, to), number(20, 2));
    byte[] node = join(text(1, "x"), text(2, "y"), text(4, "Cast"), bytes(5, attribute));
    byte[] graph =
        join(
            bytes(1, node),
            text(2, "cast"),
            bytes(11, join(text(1, "x"), bytes(2, bytes(1, number(1, from))))),
            bytes(12, join(text(1, "y"), bytes(2, bytes(1, number(1, to))))));
    return join(number(1, 8), bytes(7, graph), bytes(8, number(2, 13)));
  }

  private static byte[] text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] bytes(int field, byte[] value) {
    return join(varint(field << 3 | 2), varint(value.length), value);
  }

  private static byte[] number(int field, int value) {
    return join(varint(field << 3), varint(value));
  }

  private static byte[] varint(int value) {
    return value < 0x80
        ? new byte[] {(byte) value}
        : new byte[] {(byte) (value & 0x7F | 0x80), (byte) (value >> 7)};
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
