package dev.sardonyx.runtime;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes small models in ONNX's wire format; the field numbers are those of onnx.proto. */
final class TinyModel {
  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  TinyModel() {
    graph.writeBytes(text(2, "tiny"));
  }

  /** An input; a dimension is a number, a name, or empty for unknown. */
  TinyModel input(String name, ElementType element, Object... dims) {
    graph.writeBytes(bytes(11, valueInfo(name, element, dims)));
    return this;
  }

  TinyModel output(String name, ElementType element, Object... dims) {
    graph.writeBytes(bytes(12, valueInfo(name, element, dims)));
    return this;
  }

  /** An output of a type of its own, in wire format. */
  TinyModel output(String name, byte[] type) {
    graph.writeBytes(bytes(12, join(text(1, name), bytes(2, type))));
    return this;
  }

  TinyModel constant(String name, Tensor value) {
    byte[] raw = new byte[value.bytes().remaining()];
    value.bytes().get(raw);
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    for (long dim : value.dims()) {
      tensor.writeBytes(number(1, dim));
    }
    tensor.writeBytes(join(number(2, value.element().code()), text(8, name), bytes(9, raw)));
    graph.writeBytes(bytes(5, tensor.toByteArray()));
    return this;
  }

  /** {@code outputs = operator(inputs)}; names are separated by spaces. */
  TinyModel node(String operator, String inputs, String outputs, byte[]... attributes) {
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    List.of(inputs.split(" ")).forEach(i -> node.writeBytes(text(1, i)));
    List.of(outputs.split(" ")).forEach(o -> node.writeBytes(text(2, o)));
    node.writeBytes(text(4, operator));
    for (byte[] attribute : attributes) {
      node.writeBytes(bytes(5, attribute));
    }
    graph.writeBytes(bytes(1, node.toByteArray()));
    return this;
  }

  TinyModel note(String key, String value) {
    notes.writeBytes(bytes(14, join(text(1, key), text(2, value))));
    return this;
  }

  byte[] bytes() {
    return join(
        number(1, 10), bytes(7, graph.toByteArray()), bytes(8, number(2, 21)), notes.toByteArray());
  }

  static byte[] integer(String name, long value) {
    return join(text(1, name), number(3, value), number(20, 2));
  }

  static byte[] sequenceOf(ElementType element) {
    return bytes(4, bytes(1, bytes(1, number(1, element.code()))));
  }

  /** {@code y = x + x}, or another operator of two inputs, on float32. */
  static byte[] doubling(Object... dims) {
    return new TinyModel()
        .input("x", ElementType.FLOAT32, dims)
        .output("y", ElementType.FLOAT32, dims)
        .node("Add", "x x", "y")
        .bytes();
  }

  /** A chain of {@code length} products of a square matrix: work for as long as one likes. */
  static byte[] longRunning(int size, int length) {
    TinyModel model = new TinyModel().input("x", ElementType.FLOAT32, size, size);
    for (int i = 0; i < length; i++) {
      String from = i == 0 ? "x" : "h" + (i - 1);
      model.node("MatMul", from + " x", i == length - 1 ? "y" : "h" + i);
    }
    return model.output("y", ElementType.FLOAT32, size, size).bytes();
  }

  private static byte[] valueInfo(String name, ElementType element, Object... dims) {
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    for (Object dim : dims) {
      byte[] size =
          dim instanceof String s
              ? s.isEmpty() ? new byte[0] : text(2, s)
              : number(1, ((Number) dim).longValue());
      shape.writeBytes(bytes(1, size));
    }
    byte[] tensor = join(number(1, element.code()), bytes(2, shape.toByteArray()));
    return join(text(1, name), bytes(2, bytes(1, tensor)));
  }

  private static byte[] text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(int field, byte[] value) {
    return join(varint((long) field << 3 | 2), varint(value.length), value);
  }

  private static byte[] number(int field, long value) {
    return join(varint((long) field << 3), varint(value));
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while ((value & ~0x7FL) != 0) {
      out.write((int) (value & 0x7F | 0x80));
      value >>>= 7;
    }
    out.write((int) value);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
