package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Models.graph;
import static dev.sardonyx.onnx.Models.model;
import static dev.sardonyx.onnx.Models.node;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.StringStringEntryProto;
import dev.sardonyx.proto.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights in files beside the model, and what a hostile model tries with them. */
class ExternalDataTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("model"));
  }

  /** y = x + w, where w is float32[2] of external data with these entries: key, value, … */
  private static ModelProto.Builder external(String... entries) {
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .addDims(2)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (int i = 0; i < entries.length; i += 2) {
      weights.addExternalData(
          StringStringEntryProto.newBuilder().setKey(entries[i]).setValue(entries[i + 1]));
    }
    return model(graph(node("Add", List.of("x", "w"), List.of("y"))).addInitializer(weights));
  }

  private Path write(ModelProto.Builder model) throws IOException {
    return Files.write(folder.resolve("model.onnx"), model.build().toByteArray());
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static Diagnostic refused(Path model, String code) {
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> OnnxFile.read(model));
    assertEquals(code, e.diagnostic().code(), e::getMessage);
    assertEquals(4, e.getMessage().split("\n", -1).length, e::getMessage);
    assertTrue(e.diagnostic().at().toString().endsWith("initializer w"), e::getMessage);
    return e.diagnostic();
  }

  private static float[] weights(Graph graph) {
    return graph.parameters().get(0).op() instanceof Leaf.Parameter p
        ? p.tensor().toFloatArray()
        : new float[0];
  }

  @Test
  void weightsAreReadFromTheFileBeside() throws IOException {
    Files.write(folder.resolve("w.bin"), floats(9, 9, 1, 2));
    Path model = write(external("location", "w.bin", "offset", "8", "length", "8"));
    assertArrayEquals(new float[] {1, 2}, weights(OnnxFile.read(model)));
    Files.createDirectory(folder.resolve("sub"));
    Files.write(folder.resolve("sub/w.bin"), floats(3, 4));
    assertArrayEquals(
        new float[] {3, 4}, weights(OnnxFile.read(write(external("location", "sub/w.bin")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "sub/../../secret",
        "..",
        "/etc/passwd",
        "C:\\secret",
        "C:secret",
        "\\\\server\\share\\secret",
        "..\\secret",
        "~/secret",
        "a\u0000b",
        "",
        "*/_ORT_MEM_ADDR_/*",
      })
  void locationsOutsideTheFolder(String location) throws IOException {
    Files.write(temporary.resolve("secret"), floats(1, 2));
    Diagnostic d = refused(write(external("location", location)), "ONNX-041");
    assertTrue(d.message().contains("the location of the tensor's data"), d::toString);
  }

  @Test
  void linksToOutside() throws IOException {
    Path secret = Files.write(temporary.resolve("secret"), floats(1, 2));
    Files.createSymbolicLink(folder.resolve("link"), secret);
    refused(write(external("location", "link")), "ONNX-041");
    Files.createSymbolicLink(folder.resolve("parent"), temporary);
    refused(write(external("location", "parent/secret")), "ONNX-041");
  }

  @Test
  void hardLinks() throws IOException {
    Path secret = Files.write(temporary.resolve("secret"), floats(1, 2));
    Files.createLink(folder.resolve("w.bin"), secret);
    Diagnostic d = refused(write(external("location", "w.bin")), "ONNX-041");
    assertTrue(d.message().contains("2 names"), d::toString);
  }

  /** A cache holds files under their hashes, and a folder of links to them for each version. */
  @Test
  void cachesOfLinks() throws IOException {
    Path blobs = Files.createDirectories(temporary.resolve("cache/blobs"));
    Path snapshot = Files.createDirectories(temporary.resolve("cache/snapshots/1"));
    Files.write(blobs.resolve("aa"), external("location", "model.onnx.data").build().toByteArray());
    Files.write(blobs.resolve("bb"), floats(5, 6));
    Files.createSymbolicLink(snapshot.resolve("model.onnx"), Path.of("../../blobs/aa"));
    Files.createSymbolicLink(snapshot.resolve("model.onnx.data"), Path.of("../../blobs/bb"));
    assertArrayEquals(new float[] {5, 6}, weights(OnnxFile.read(snapshot.resolve("model.onnx"))));
  }

  @Test
  void filesThatChangeBetweenLookingAndOpening() throws IOException {
    Path data = Files.write(folder.resolve("w.bin"), floats(1, 2));
    write(external("location", "w.bin"));
    Source source = new Source("model.onnx");
    ExternalFiles files = new ExternalFiles(folder.resolve("model.onnx"));
    files.map("w.bin", 0, 8, source, "w");
    Path secret = Files.write(temporary.resolve("secret"), floats(3, 4));
    Files.delete(data);
    Files.createSymbolicLink(data, secret);
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> files.map("w.bin", 0, 8, source, "w"));
    assertEquals("ONNX-042", e.diagnostic().code());
  }

  @Test
  void bytesHaveNoFolder() throws IOException {
    Files.write(folder.resolve("w.bin"), floats(1, 2));
    byte[] bytes = external("location", "w.bin").build().toByteArray();
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> OnnxFile.read(bytes, "bytes"));
    assertEquals("ONNX-043", e.diagnostic().code());
  }

  @Test
  void entriesThatAreNotTheStandards() throws IOException {
    Files.write(folder.resolve("w.bin"), floats(1, 2));
    for (String key : List.of("__class__", "_path", "Location", "")) {
      refused(write(external("location", "w.bin", key, "x")), "ONNX-040");
    }
    refused(write(external("offset", "0")), "ONNX-040");
    refused(write(external("location", "w.bin", "location", "w.bin")), "ONNX-040");
    for (String bad : List.of("-1", "x", "", "99999999999999999999", "0x8", "1e3")) {
      refused(write(external("location", "w.bin", "offset", bad)), "ONNX-040");
      refused(write(external("location", "w.bin", "length", bad)), "ONNX-040");
    }
    refused(write(external("location", "w.bin", "length", "4")), "ONNX-040");
  }

  @Test
  void dataBeyondTheFile() throws IOException {
    Files.write(folder.resolve("w.bin"), floats(1, 2));
    refused(write(external("location", "w.bin", "offset", "4")), "ONNX-042");
    refused(write(external("location", "w.bin", "offset", "999999999999999999")), "ONNX-042");
    refused(write(external("location", "none")), "ONNX-042");
    Files.createDirectory(folder.resolve("sub"));
    refused(write(external("location", "sub")), "ONNX-042");
  }

  @Test
  void dataInBothPlaces() throws IOException {
    Files.write(folder.resolve("w.bin"), floats(1, 2));
    ModelProto.Builder model = external("location", "w.bin");
    model.getGraphBuilder().getInitializerBuilder(0).setRawData(ByteString.copyFrom(floats(3, 4)));
    refused(write(model), "ONNX-008");
  }

  @Test
  void tensorsTooLargeForOneBuffer() throws IOException {
    ModelProto.Builder model = external("location", "w.bin");
    model.getGraphBuilder().getInitializerBuilder(0).setDims(0, 1L << 30);
    refused(write(model), "ONNX-006");
  }

  @Test
  void savingGoesBesideTheNewFileOnly() throws IOException {
    Files.write(folder.resolve("w.bin"), floats(1, 2));
    Graph graph = OnnxFile.read(write(external("location", "w.bin")));
    Path other = temporary.resolve("other/new.onnx");
    OnnxFile.write(
        graph, other, Export.DEFAULT.withExternalData(new ExternalStorage(0, Long.MAX_VALUE)));
    try (Stream<Path> files = Files.list(other.getParent())) {
      assertEquals(
          List.of("new.onnx", "new.onnx.data"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    assertArrayEquals(floats(1, 2), Files.readAllBytes(folder.resolve("w.bin")));
    assertEquals(Optional.empty(), GraphDifference.withNames(graph, OnnxFile.read(other)));
  }

  private static Tensor ramp(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i;
    }
    return Tensor.of(values, size);
  }

  private static Graph large() {
    Value x = Value.input("x", TensorType.of(ElementType.FLOAT32, 600));
    Value shared = Value.parameter("w", ramp(600));
    Value y = x.mul(shared).add(Value.parameter("b", ramp(600), false)).add(shared);
    Value table = Value.constant(ramp(600)).named("table");
    return Graph.of("large", List.of(x), List.of(y.mul(table), Value.constant(ramp(300)).add(2)));
  }

  @Test
  void roundTripOverTheFileItWasReadFrom() throws IOException {
    Graph graph = large();
    Path path = folder.resolve("m.onnx");
    Export export = Export.DEFAULT.withExternalData(ExternalStorage.DEFAULT);
    OnnxFile.write(graph, path, export);
    byte[] model = Files.readAllBytes(path);
    byte[] data = Files.readAllBytes(folder.resolve("m.onnx.data"));
    for (int i = 0; i < 3; i++) {
      Graph back = OnnxFile.read(path);
      assertEquals(Optional.empty(), GraphDifference.withNames(graph, back));
      OnnxFile.write(back, path, export);
      assertArrayEquals(model, Files.readAllBytes(path));
      assertArrayEquals(data, Files.readAllBytes(folder.resolve("m.onnx.data")));
    }
    assertTrue(model.length < 1500, "weights of 1 KiB and more lie outside");
    assertArrayEquals(
        OnnxFile.bytes(graph), OnnxFile.bytes(OnnxFile.read(path)), "and come in again");
  }

  @Test
  void shards() throws IOException {
    Graph graph = large();
    Path path = folder.resolve("m.onnx");
    OnnxFile.write(graph, path, Export.DEFAULT.withExternalData(ExternalStorage.sharded(3000)));
    assertTrue(Files.exists(folder.resolve("m.onnx.data_1")));
    assertEquals(Optional.empty(), GraphDifference.withNames(graph, OnnxFile.read(path)));
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(files.anyMatch(f -> f.toString().endsWith(".tmp")));
    }
  }

  @Test
  void bytesCannotHoldFiles() {
    Export export = Export.DEFAULT.withExternalData(ExternalStorage.DEFAULT);
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> OnnxFile.bytes(large(), export));
    assertEquals("ONNX-044", e.diagnostic().code());
    assertThrows(IllegalArgumentException.class, () -> ExternalStorage.sharded(0));
  }
}
