package dev.sardonyx.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.proto.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages are built by the field numbers of the standard's onnx-data.proto. */
class DataFileTest {
  private static final TensorType FLOATS = TensorType.parse("float32[*]");
  private static final Tensor W = Tensor.of(new float[] {1, 2});

  @TempDir private Path folder;

  private static ByteString tensor() {
    return Models.weights("w").build().toByteString();
  }

  private static UnknownFieldSet.Builder field(
      UnknownFieldSet.Builder message, int number, ByteString... values) {
    UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
    for (ByteString value : values) {
      field.addLengthDelimited(value);
    }
    return message.addField(number, field.build());
  }

  private static ByteString message(int number, ByteString... values) {
    return field(UnknownFieldSet.newBuilder(), number, values).build().toByteString();
  }

  private static ByteString text(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private DataFile read(ByteString bytes, Type type) throws IOException {
    return DataFile.read(Files.write(folder.resolve("input_0.pb"), bytes.toByteArray()), type);
  }

  @Test
  void aTensor() throws IOException {
    assertEquals(new DataFile("w", new Datum.Single(W)), read(tensor(), FLOATS));
  }

  @Test
  void aSequenceOfTensors() throws IOException {
    ByteString bytes = message(1, text("s")).concat(message(3, tensor(), tensor()));
    Datum expected = new Datum.Sequence(List.of(new Datum.Single(W), new Datum.Single(W)));
    assertEquals(new DataFile("s", expected), read(bytes, new Type.Sequence(FLOATS)));
    assertEquals(
        new DataFile("", new Datum.Sequence(List.of())),
        read(ByteString.EMPTY, new Type.Sequence(FLOATS)));
  }

  @Test
  void aSequenceOfSequences() throws IOException {
    ByteString bytes = message(5, message(3, tensor()), ByteString.EMPTY);
    Datum expected =
        new Datum.Sequence(
            List.of(
                new Datum.Sequence(List.of(new Datum.Single(W))), new Datum.Sequence(List.of())));
    assertEquals(expected, read(bytes, new Type.Sequence(new Type.Sequence(FLOATS))).datum());
  }

  @Test
  void anOptional() throws IOException {
    Type type = new Type.Optional(FLOATS);
    UnknownFieldSet.Field nothing = UnknownFieldSet.Field.newBuilder().addVarint(0).build();
    ByteString undefined = UnknownFieldSet.newBuilder().addField(2, nothing).build().toByteString();
    assertEquals(new Datum.Optional(new Datum.Single(W)), read(message(3, tensor()), type).datum());
    assertEquals(new Datum.Optional(null), read(ByteString.EMPTY, type).datum());
    assertEquals(new Datum.Optional(null), read(undefined, type).datum());
    assertEquals(
        new Datum.Optional(new Datum.Sequence(List.of(new Datum.Single(W)))),
        read(message(5, message(3, tensor())), new Type.Optional(new Type.Sequence(FLOATS)))
            .datum());
  }

  @Test
  void aMap() throws IOException {
    ByteString values = message(5, message(3, tensor(), tensor()));
    List<Datum> elements = List.of(new Datum.Single(W), new Datum.Single(W));
    assertEquals(
        new Datum.Map(Tensor.ofStrings(List.of("a", "b")), elements),
        read(
                message(4, text("a"), text("b")).concat(values),
                new Type.Map(ElementType.STRING, FLOATS))
            .datum());
    // -1 takes ten bytes, 300 two: packed as the standard's own writer does.
    ByteString packed =
        ByteString.copyFrom(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1, (byte) 0xAC, 2});
    assertEquals(
        new Datum.Map(Tensor.of(new long[] {-1, 300}), elements),
        read(message(3, packed).concat(values), new Type.Map(ElementType.INT64, FLOATS)).datum());
  }

  @Test
  void bytesThatAreSomethingElse() throws IOException {
    Path path =
        Files.write(
            folder.resolve("a.pb"), TensorProto.newBuilder().addDims(3).build().toByteArray());
    Files.writeString(path, "hello");
    for (Type type : List.of(FLOATS, new Type.Sequence(FLOATS), new Type.Optional(FLOATS))) {
      Diagnostic d =
          assertThrows(DiagnosticException.class, () -> DataFile.read(path, type)).diagnostic();
      assertEquals("ONNX-018", d.code(), d::toString);
      assertEquals("file: " + path, d.received());
    }
  }
}
