package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Models.graph;
import static dev.sardonyx.onnx.Models.info;
import static dev.sardonyx.onnx.Models.model;
import static dev.sardonyx.onnx.Models.node;
import static dev.sardonyx.onnx.Models.relu;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.AttributeProto.AttributeType;
import dev.sardonyx.proto.FunctionProto;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.StringStringEntryProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Inputs that somebody built against systems like ours, made here byte by byte. Each is refused by
 * one error of four lines, quickly, and the reference of errors shows it under the row's number.
 */
class HostileFilesTest {
  private static final Path REFERENCE = Path.of("../../docs/errors.md");

  @TempDir Path temporary;
  private Path folder;

  /** Makes a hostile model in the folder and reads it. */
  private interface Row {
    void read() throws IOException;
  }

  @TestFactory
  Stream<DynamicTest> rows() throws IOException {
    Map<String, Row> rows = new LinkedHashMap<>();
    rows.put("1", () -> external("../../../etc/passwd"));
    rows.put("2", () -> external("sub/../../etc/passwd"));
    rows.put("3", () -> external("/etc/passwd"));
    rows.put("3 (drive)", () -> external("C:\\Windows\\win.ini"));
    rows.put("3 (UNC)", () -> external("\\\\server\\share\\secret"));
    rows.put("4", this::linkToOutside);
    rows.put("5", this::linkedParent);
    rows.put("6", this::hardLink);
    rows.put("7", this::swappedFile);
    rows.put(
        "8",
        () -> OnnxFile.read(external("location", "../secret").build().toByteArray(), "model.onnx"));
    rows.put("9", () -> external("*/_ORT_MEM_ADDR_/*"));
    rows.put("10", () -> read(external("location", "w.bin", "__class__", "os.system")));
    rows.put("11", () -> read(external("location", "w.bin", "offset", "-8")));
    rows.put("11 (end)", () -> read(external("location", "w.bin", "offset", "999999999999999999")));
    rows.put("12", () -> external("../../.bashrc"));
    rows.put(
        "13",
        () ->
            read(weights(t -> t.clearDims().addDims(1L << 31).addDims(1L << 31).clearFloatData())));
    rows.put("14", () -> read(weights(t -> t.setDims(0, -2))));
    rows.put(
        "14 (product)",
        () -> read(weights(t -> t.clearDims().addDims(1L << 40).addDims(1L << 40))));
    rows.put(
        "15",
        () -> read(weights(t -> t.clearFloatData().setRawData(ByteString.copyFrom(new byte[7])))));
    rows.put("16", () -> read(weights(t -> t.setRawData(ByteString.copyFrom(new byte[8])))));
    rows.put(
        "16 (field)", () -> read(weights(t -> t.clearFloatData().addInt64Data(1).addInt64Data(2))));
    rows.put("17", () -> read(external("location", "w.bin", 1L << 30)));
    rows.put("17 (file)", this::hugeFile);
    rows.put("18", () -> read(function("A", "A")));
    rows.put("18 (two)", () -> read(functions()));
    rows.put("19", this::cycleInBranch);
    rows.put("20", () -> Files.write(path(), nested(10_000)));
    rows.put("20 (bodies)", () -> Files.write(path(), nested(60)));
    rows.put("21", () -> read(doubling(60)));
    rows.put("21 (nodes)", () -> read(doubling(30)));
    rows.put("22", this::kernelOfAnotherRank);
    rows.put("23", this::divisionThatOverflows);
    rows.put("23 (pads)", this::hugePads);
    rows.put("24", () -> read(model(graph(node("Relu", List.of("ghost"), List.of("y"))))));
    rows.put("24 (twice)", () -> read(model(graph(relu(), relu()))));
    rows.put("24 (cycle)", this::cycle);
    rows.put("25", () -> read(model(graph(relu().setOpType("PyOp").setDomain("ai.onnx.contrib")))));
    rows.put("25 (operator)", () -> read(model(graph(relu().setOpType("System")))));
    rows.put("26", () -> read(model(graph(relu())).setIrVersion(99)));
    rows.put(
        "26 (opset)",
        () ->
            read(
                model(graph(relu()))
                    .setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(99))));
    rows.put("27", () -> Files.write(path(), groups(100_000)));
    rows.put("28", () -> Files.write(path(), new byte[] {8, (byte) 0x80}));
    rows.put("28 (garbage)", this::trailingGarbage);
    rows.put("28 (empty)", () -> Files.write(path(), new byte[0]));
    rows.put("28 (HTML)", () -> text("<!DOCTYPE html><html><body>404 Not Found</body></html>"));
    rows.put("29", () -> text("\u0018\u0000\u0000\u0000ORTM\u0000\u0000\u0000\u0000"));
    String reference = Files.readString(REFERENCE);
    return rows.entrySet().stream()
        .map(row -> dynamicTest("row " + row.getKey(), () -> check(row, reference)));
  }

  private void check(Map.Entry<String, Row> row, String reference) throws IOException {
    folder = Files.createDirectories(temporary.resolve("row" + row.getKey() + "/model"));
    Files.write(folder.resolve("w.bin"), new byte[8]);
    DiagnosticException e =
        assertTimeout(
            Duration.ofSeconds(60),
            () ->
                assertThrows(
                    DiagnosticException.class,
                    () -> {
                      row.getValue().read();
                      OnnxFile.read(path());
                    }));
    String shown =
        e.getMessage()
            .replace(folder + "/", "")
            .replaceAll("HostileFilesTest.java:\\d+", "Digits.java:12");
    assertEquals(4, shown.split("\n", -1).length, shown);
    assertTrue(
        reference.contains("```\n# row " + row.getKey() + "\n" + shown + "\n```"),
        () -> "docs/errors.md does not show\n```\n# row " + row.getKey() + "\n" + shown + "\n```");
  }

  private Path path() {
    return folder.resolve("model.onnx");
  }

  private void read(ModelProto.Builder model) throws IOException {
    Files.write(path(), model.build().toByteArray());
    OnnxFile.read(path());
  }

  private void text(String content) throws IOException {
    Files.write(path(), content.getBytes(StandardCharsets.ISO_8859_1));
  }

  // --- data in other files ---

  private static ModelProto.Builder external(String... entries) {
    return weights(
        t -> {
          t.clearFloatData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
          for (int i = 0; i < entries.length; i += 2) {
            t.addExternalData(
                StringStringEntryProto.newBuilder().setKey(entries[i]).setValue(entries[i + 1]));
          }
        });
  }

  private void external(String location) throws IOException {
    read(external("location", location));
  }

  private static ModelProto.Builder external(String key, String value, long size) {
    ModelProto.Builder model = external(key, value);
    model.getGraphBuilder().getInitializerBuilder(0).setDims(0, size);
    return model;
  }

  /** Most of the file is a hole that takes no room on the disk. */
  private void hugeFile() throws IOException {
    Files.write(path(), model(graph(relu())).build().toByteArray());
    try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
      file.setLength(3L << 30);
    }
  }

  private Path secret() throws IOException {
    return Files.write(folder.resolveSibling("secret"), new byte[8]);
  }

  private void linkToOutside() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), secret());
    external("link");
  }

  private void linkedParent() throws IOException {
    secret();
    Files.createSymbolicLink(folder.resolve("parent"), folder.getParent());
    external("parent/secret");
  }

  private void hardLink() throws IOException {
    Files.createLink(folder.resolve("link"), secret());
    external("link");
  }

  private void swappedFile() throws IOException {
    Files.write(path(), external("location", "w.bin").build().toByteArray());
    ExternalFiles files = new ExternalFiles(path());
    Source source = new Source("model.onnx");
    files.map("w.bin", 0, 8, source, "initializer w");
    Files.delete(folder.resolve("w.bin"));
    Files.createSymbolicLink(folder.resolve("w.bin"), secret());
    files.map("w.bin", 0, 8, source, "initializer w");
  }

  // --- tensors ---

  private interface Change {
    void of(TensorProto.Builder weights);
  }

  private static ModelProto.Builder weights(Change change) {
    TensorProto.Builder weights = Models.weights("w");
    change.of(weights);
    return model(graph(node("Add", List.of("x", "w"), List.of("y"))).addInitializer(weights));
  }

  // --- functions and bodies ---

  private static ModelProto.Builder function(String name, String called) {
    return model(graph(relu().setOpType(name).setDomain("f")))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("f").setVersion(1))
        .addFunctions(functionProto(name, called));
  }

  private static ModelProto.Builder functions() {
    return function("A", "B").addFunctions(functionProto("B", "A"));
  }

  /** Each function calls the one before twice. */
  private static ModelProto.Builder doubling(int depth) {
    ModelProto.Builder model = function("F" + depth, "F0").clearFunctions();
    for (int i = 0; i <= depth; i++) {
      FunctionProto.Builder f = functionProto("F" + i, "F" + (i - 1)).toBuilder().clearNode();
      NodeProto.Builder first = relu().setOutput(0, "z");
      NodeProto.Builder second = relu().setInput(0, "z");
      if (i == 0) {
        f.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18));
      } else {
        first.setOpType("F" + (i - 1)).setDomain("f");
        second.setOpType("F" + (i - 1)).setDomain("f");
      }
      model.addFunctions(f.addNode(first).addNode(second));
    }
    return model;
  }

  private static FunctionProto functionProto(String name, String called) {
    return FunctionProto.newBuilder()
        .setName(name)
        .setDomain("f")
        .addInput("x")
        .addOutput("y")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("f").setVersion(1))
        .addNode(relu().setOpType(called).setDomain("f"))
        .build();
  }

  private static AttributeProto branch(String name, GraphProto.Builder body) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(body)
        .build();
  }

  private static GraphProto.Builder body(String... inputsAndOutput) {
    List<String> names = Arrays.asList(inputsAndOutput);
    String output = names.get(names.size() - 1);
    return GraphProto.newBuilder()
        .setName("body")
        .addNode(node("Add", names.subList(0, names.size() - 1), List.of(output)))
        .addOutput(info(output, 1));
  }

  private static ValueInfoProto.Builder condition() {
    ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName("c");
    info.getTypeBuilder().getTensorTypeBuilder().setElemType(9).getShapeBuilder();
    return info;
  }

  /** The branch uses what is computed from the If's own result. */
  private void cycleInBranch() throws IOException {
    NodeProto.Builder choice =
        node("If", List.of("c"), List.of("a"))
            .addAttribute(branch("then_branch", body("x", "y", "t")))
            .addAttribute(branch("else_branch", body("x", "x", "e")));
    read(model(graph(choice, node("Relu", List.of("a"), List.of("y"))).addInput(condition())));
  }

  /** Ifs within Ifs, written from the inside out: building them as messages would overflow. */
  private static byte[] nested(int depth) throws IOException {
    byte[] core = body("x", "x", "y").build().toByteArray();
    int length = core.length;
    Deque<byte[]> heads = new ArrayDeque<>();
    for (int i = 0; i < depth; i++) {
      for (Fields fields : List.<Fields>of(BRANCH, NODE, GRAPH)) {
        int inner = length;
        byte[] head = message(out -> fields.to(out, inner));
        heads.push(head);
        length += head.length;
      }
    }
    int whole = length;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(model(GraphProto.newBuilder()).clearGraph().build().toByteArray());
    out.write(message(coded -> inner(coded, ModelProto.GRAPH_FIELD_NUMBER, whole)));
    for (byte[] head : heads) {
      out.write(head);
    }
    out.write(core);
    // Fields of the outermost graph may be given twice, and then they are merged.
    byte[] more = GraphProto.newBuilder().addInput(condition()).build().toByteArray();
    out.write(message(coded -> coded.writeByteArray(ModelProto.GRAPH_FIELD_NUMBER, more)));
    return out.toByteArray();
  }

  private interface Coding {
    void to(CodedOutputStream out) throws IOException;
  }

  /** What comes in a message before its last field, which has so many bytes. */
  private interface Fields {
    void to(CodedOutputStream out, int inner) throws IOException;
  }

  private static final Fields BRANCH =
      (out, length) -> {
        out.writeString(AttributeProto.NAME_FIELD_NUMBER, "then_branch");
        out.writeEnum(AttributeProto.TYPE_FIELD_NUMBER, AttributeType.GRAPH_VALUE);
        inner(out, AttributeProto.G_FIELD_NUMBER, length);
      };
  private static final Fields NODE =
      (out, length) -> {
        out.writeString(NodeProto.INPUT_FIELD_NUMBER, "c");
        out.writeString(NodeProto.OUTPUT_FIELD_NUMBER, "y");
        out.writeString(NodeProto.OP_TYPE_FIELD_NUMBER, "If");
        inner(out, NodeProto.ATTRIBUTE_FIELD_NUMBER, length);
      };
  private static final Fields GRAPH =
      (out, length) -> {
        out.writeString(GraphProto.NAME_FIELD_NUMBER, "g");
        out.writeByteArray(GraphProto.OUTPUT_FIELD_NUMBER, info("y", 1).build().toByteArray());
        inner(out, GraphProto.NODE_FIELD_NUMBER, length);
      };

  private static void inner(CodedOutputStream out, int field, int length) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(length);
  }

  private static byte[] message(Coding fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.to(out);
    out.flush();
    return bytes.toByteArray();
  }

  // --- shapes ---

  private static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder out =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      out.addInts(value);
    }
    return out.build();
  }

  private static ValueInfoProto image(String name, long... dims) {
    ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName(name);
    for (long dim : dims) {
      info.getTypeBuilder()
          .getTensorTypeBuilder()
          .setElemType(1)
          .getShapeBuilder()
          .addDimBuilder()
          .setDimValue(dim);
    }
    return info.build();
  }

  private static GraphProto.Builder convolution(AttributeProto... attributes) {
    return GraphProto.newBuilder()
        .setName("g")
        .addInput(image("x", 1, 1, 8, 8))
        .addInput(image("w", 1, 1, 3, 3))
        .addNode(
            node("Conv", List.of("x", "w"), List.of("y"))
                .setName("conv")
                .addAllAttribute(Arrays.asList(attributes)))
        .addOutput(ValueInfoProto.newBuilder().setName("y"));
  }

  private void kernelOfAnotherRank() throws IOException {
    read(model(convolution(ints("dilations", 1))));
  }

  private void hugePads() throws IOException {
    read(model(convolution(ints("pads", Long.MAX_VALUE, 0, Long.MAX_VALUE, 0))));
  }

  private static TensorProto number(String name, long value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(7)
        .addDims(1)
        .addInt64Data(value)
        .build();
  }

  /** Reshape by MIN / -1. */
  private void divisionThatOverflows() throws IOException {
    read(
        model(
            graph(
                    node("Div", List.of("min", "minus"), List.of("d")),
                    node("Reshape", List.of("x", "d"), List.of("y")))
                .addInitializer(number("min", Long.MIN_VALUE))
                .addInitializer(number("minus", -1))));
  }

  private void cycle() throws IOException {
    read(
        model(
            graph(
                node("Add", List.of("x", "b"), List.of("a")),
                node("Relu", List.of("a"), List.of("b")),
                node("Relu", List.of("b"), List.of("y")))));
  }

  // --- bytes ---

  private static byte[] groups(int depth) {
    byte[] bytes = new byte[depth + 2];
    Arrays.fill(bytes, (byte) (100 % 16 << 3 | 3));
    return bytes;
  }

  private void trailingGarbage() throws IOException {
    byte[] model = model(graph(relu())).build().toByteArray();
    byte[] longer = Arrays.copyOf(model, model.length + 3);
    Arrays.fill(longer, model.length, longer.length, (byte) 0xff);
    Files.write(path(), longer);
  }
}
