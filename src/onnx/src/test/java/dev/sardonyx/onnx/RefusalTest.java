package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Models.graph;
import static dev.sardonyx.onnx.Models.info;
import static dev.sardonyx.onnx.Models.model;
import static dev.sardonyx.onnx.Models.node;
import static dev.sardonyx.onnx.Models.refused;
import static dev.sardonyx.onnx.Models.relu;
import static dev.sardonyx.onnx.Models.weights;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.AttributeProto.AttributeType;
import dev.sardonyx.proto.FunctionProto;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.SparseTensorProto;
import dev.sardonyx.proto.StringStringEntryProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.TypeProto;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that parse as messages but cannot be read as graphs. */
class RefusalTest {
  private static void assertRefused(
      ModelProto.Builder model, String code, String place, String message) {
    Diagnostic d = refused(model);
    assertEquals(code, d.code(), d::toString);
    assertTrue(d.message().contains(message), d::toString);
    assertEquals("model.onnx, " + place, d.at().toString());
  }

  private static void assertRefused(
      NodeProto.Builder node, String code, String place, String message) {
    assertRefused(model(graph(node)), code, place, message);
  }

  private static OperatorSetIdProto.Builder opset(String domain, long version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version);
  }

  @Test
  void versionsThatWeDoNotKnow() {
    ModelProto.Builder model = model(graph(relu()));
    assertRefused(model.clone().setIrVersion(15), "ONNX-003", "ir_version", "not one that we know");
    assertRefused(model.clone().setIrVersion(-1), "ONNX-003", "ir_version", "not one that we know");
    for (long version : new long[] {29, 0, -1, Long.MAX_VALUE}) {
      assertRefused(
          model.clone().clearOpsetImport().addOpsetImport(opset("", version)),
          "ONNX-003",
          "opset_import",
          "do not know");
    }
    assertRefused(
        model.clone().addOpsetImport(opset("ai.onnx", 19)),
        "ONNX-007",
        "opset_import",
        "one domain is imported at two versions");
    assertRefused(
        model.clone().clearOpsetImport(),
        "ONNX-003",
        "node 0 (Relu)",
        "does not say which version");
  }

  @Test
  void operatorsOfOtherOpsets() {
    NodeProto.Builder attention = node("Attention", List.of("x"), List.of("y")).setName("act");
    Diagnostic d = refused(model(graph(attention)));
    assertEquals("ONNX-005", d.code());
    assertEquals("Attention does not exist at opset 18", d.message());
    assertEquals("model.onnx, node act", d.at().toString());
    assertEquals("it exists from opset 23 on", d.received());
    Diagnostic gone = refused(model(graph(node("Scatter", List.of("x"), List.of("y")))));
    assertEquals("ONNX-005", gone.code());
    assertEquals("Scatter no longer exists at opset 18", gone.message());
    assertEquals("it was removed at opset 11", gone.received());
  }

  @Test
  void unknownOperators() {
    assertRefused(
        node("PyOp", List.of("x"), List.of("y")), "ONNX-004", "node 0 (PyOp)", "PyOp is not");
    assertRefused(relu().setDomain("com.acme"), "ONNX-004", "node 0 (Relu)", "Relu is not");
    assertRefused(relu().clearOpType(), "ONNX-004", "node 0 ()", "the operator  is not");
    assertRefused(relu().setOverload("v2"), "ONNX-004", "node 0 (Relu)", "Relu is not");
  }

  @Test
  void partsOfTheStandardThatAreNotSupported() {
    GraphProto.Builder sparse = graph(relu());
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getSparseTensorTypeBuilder().setElemType(1);
    sparse.getInputBuilder(0).setType(type);
    assertRefused(model(sparse), "ONNX-006", "input x", "sparse and opaque types");
    SparseTensorProto words =
        SparseTensorProto.newBuilder()
            .setValues(weights("w").setDataType(8).clearFloatData().setDims(0, 0))
            .setIndices(weights("i").setDataType(7).clearFloatData().setDims(0, 0))
            .addDims(4)
            .build();
    assertRefused(
        model(graph(relu()).addSparseInitializer(words)),
        "ONNX-006",
        "sparse initializer w",
        "sparse tensors of string");
    TensorProto.Builder segment = weights("w");
    segment.getSegmentBuilder().setBegin(0).setEnd(1);
    assertRefused(
        model(graph(relu()).addInitializer(segment)), "ONNX-006", "initializer w", "in segments");
    ModelProto.Builder call = model(graph(node("A", List.of("x"), List.of("y")).setDomain("f")));
    call.getGraphBuilder()
        .getNodeBuilder(0)
        .addAttribute(
            AttributeProto.newBuilder().setName("b").setType(AttributeType.GRAPH).setG(graph()));
    call.addOpsetImport(opset("f", 1))
        .addFunctions(
            FunctionProto.newBuilder()
                .setName("A")
                .setDomain("f")
                .addInput("x")
                .addOutput("y")
                .addAttribute("b")
                .addNode(relu()));
    assertRefused(call, "ONNX-006", "node 0 (A)", "attribute b of a function is a graph");
  }

  @Test
  void namesThatDoNotAddUp() {
    assertRefused(
        node("Relu", List.of("ghost"), List.of("y")),
        "ONNX-019",
        "node 0 (Relu)",
        "nothing in the model makes");
    assertRefused(
        node("Relu", List.of("y"), List.of("y")),
        "ONNX-019",
        "node 0 (Relu)",
        "used before the node that makes it");
    assertRefused(
        model(
            graph(
                node("Add", List.of("x", "b"), List.of("y")),
                node("Relu", List.of("y"), List.of("b")))),
        "ONNX-019",
        "node 0 (Add)",
        "used before the node that makes it");
    assertRefused(
        model(graph(relu(), relu())), "ONNX-007", "node 1 (Relu)", "two values have one name");
    assertRefused(
        node("Relu", List.of("x"), List.of("x")), "ONNX-007", "node 0 (Relu)", "two values");
    assertRefused(model(graph(relu()).addInput(info("x", 1))), "ONNX-007", "input x", "two values");
    assertRefused(
        model(graph(relu()).addInput(info("", 1))), "ONNX-007", "input ", "a value has no name");
    assertRefused(
        model(graph(relu()).addInitializer(weights("w")).addInitializer(weights("w"))),
        "ONNX-007",
        "initializer w",
        "two values");
    assertRefused(
        model(graph(relu()).addOutput(info("y", 1))), "ONNX-007", "output y", "listed twice");
    assertRefused(
        model(graph(relu()).addOutput(info("z", 1))), "ONNX-019", "output z", "nothing in the");
    StringStringEntryProto entry = StringStringEntryProto.newBuilder().setKey("k").build();
    assertRefused(
        model(graph(relu())).addMetadataProps(entry).addMetadataProps(entry),
        "ONNX-007",
        "metadata_props",
        "a key is given twice");
  }

  @Test
  void noOutputs() {
    assertEquals("GRAPH-007", refused(model(graph(relu()).clearOutput())).code());
  }

  @ParameterizedTest
  @CsvSource({"1,4", "7,1"})
  void declaredTypesThatContradict(int input, int output) {
    GraphProto.Builder graph = graph(relu()).setInput(0, info("x", input));
    graph.setOutput(0, info("y", output));
    Diagnostic d = refused(model(graph));
    assertEquals("ONNX-020", d.code(), d::toString);
  }

  @Test
  void typesThatAreNone() {
    assertRefused(
        model(graph(relu()).setInput(0, info("x", 99))), "ONNX-010", "input x", "element type");
    assertRefused(
        model(graph(relu()).setInput(0, info("x", 1).clearType())),
        "ONNX-010",
        "input x",
        "the type is missing");
    GraphProto.Builder graph = graph(relu());
    graph
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(0)
        .setDimValue(Long.MIN_VALUE);
    assertRefused(model(graph), "ONNX-010", "input x", "negative");
    GraphProto.Builder both = graph(relu()).addInitializer(weights("w")).addInput(info("w", 7));
    assertRefused(model(both), "ONNX-020", "input w", "is not the value's");
  }

  private static NodeProto.Builder cast(AttributeProto.Builder... attributes) {
    NodeProto.Builder cast = node("Cast", List.of("x"), List.of("y"));
    for (AttributeProto.Builder attribute : attributes) {
      cast.addAttribute(attribute);
    }
    return cast;
  }

  private static AttributeProto.Builder to(AttributeType type) {
    return AttributeProto.newBuilder().setName("to").setType(type);
  }

  @Test
  void attributesThatAreWrong() {
    String place = "node 0 (Cast)";
    AttributeProto.Builder good = to(AttributeType.INT).setI(1);
    assertRefused(cast(good, good), "ONNX-009", place, "attribute to is given twice");
    assertRefused(cast(to(AttributeType.UNDEFINED)), "ONNX-009", place, "has no value");
    assertRefused(cast(good.clone().setRefAttrName("t")), "ONNX-009", place, "is in none");
    assertRefused(cast(to(AttributeType.SPARSE_TENSOR)), "ONNX-010", place, "element type");
    assertRefused(cast(to(AttributeType.TYPE_PROTO)), "ONNX-010", place, "the type is missing");
    assertRefused(cast(to(AttributeType.TENSORS)), "ONNX-006", place, "holds TENSORS");
    assertRefused(cast(to(AttributeType.GRAPHS)), "ONNX-006", place, "holds GRAPHS");
    assertRefused(cast(), "ATTR-003", place, "misses its attribute to");
    assertRefused(cast(good.clone().setName("too")), "ONNX-009", place, "has no attribute too");
    assertRefused(cast(to(AttributeType.FLOAT).setF(1)), "ATTR-002", place, "cannot take 1.0");
    assertRefused(cast(to(AttributeType.INT).setI(77)), "ATTR-002", place, "cannot take 77");
    AttributeProto.Builder latin =
        to(AttributeType.STRING).setS(ByteString.copyFrom(new byte[] {(byte) 0xE9}));
    assertRefused(cast(latin), "ONNX-012", place, "not UTF-8");
    // Too large even to be looked up as an element type.
    assertEquals(
        place, refused(model(graph(cast(to(AttributeType.INT).setI(1L << 40))))).at().detail());
  }

  @Test
  void attributesThatTheOpsetDoesNotHave() {
    AttributeProto.Builder ones = AttributeProto.newBuilder().setType(AttributeType.INTS);
    ones.addInts(1);
    NodeProto.Builder pool = node("AveragePool", List.of("x"), List.of("y"));
    pool.addAttribute(ones.clone().setName("kernel_shape"));
    pool.addAttribute(ones.clone().setName("dilations"));
    assertRefused(pool, "ONNX-009", "node 0 (AveragePool)", "no attribute dilations at opset 18");
  }

  @Test
  void constantsThatAreWrong() {
    String place = "node 0 (Constant)";
    NodeProto.Builder empty = node("Constant", List.of(), List.of("y"));
    assertRefused(empty, "ONNX-009", place, "exactly one value");
    AttributeProto.Builder number =
        AttributeProto.newBuilder().setName("value_int").setType(AttributeType.INT).setI(1);
    AttributeProto.Builder other = number.clone().setName("value_float");
    assertRefused(empty.clone().addAttribute(other), "ONNX-009", place, "exactly one value");
    assertRefused(
        empty.clone().addAttribute(number).addAttribute(other), "ONNX-009", place, "exactly one");
    assertRefused(
        empty.clone().addAttribute(number).addInput("x"), "ONNX-011", place, "takes no inputs");
    AttributeProto.Builder sparse =
        AttributeProto.newBuilder().setName("sparse_value").setType(AttributeType.SPARSE_TENSOR);
    assertRefused(empty.clone().addAttribute(sparse), "ONNX-010", place, "element type");
  }

  @Test
  void oldNodesThatCannotBeSaidAnew() {
    NodeProto.Builder pool = node("LpPool", List.of("x"), List.of("y"));
    pool.addAttribute(
        AttributeProto.newBuilder().setName("p").setType(AttributeType.FLOAT).setF(1.5f));
    ModelProto.Builder model = model(graph(pool)).clearOpsetImport().addOpsetImport(opset("", 1));
    assertRefused(model, "ONNX-060", "node 0 (LpPool)", "takes the norm of exponent 1.5");
  }

  @Test
  void nodesThatCannotBeApplied() {
    assertRefused(
        node("Relu", List.of("x"), List.of("y", "z")),
        "ONNX-011",
        "node 0 (Relu)",
        "has 1 results, the node names 2");
    assertRefused(
        node("Relu", List.of("x", "x"), List.of("y")), "GRAPH-002", "node 0 (Relu)", "at most 1");
    assertRefused(
        node("Add", List.of("x", ""), List.of("y")),
        "GRAPH-001",
        "node 0 (Add)",
        "misses its input");
    GraphProto.Builder graph = graph(relu());
    TypeProto.Builder sequence = TypeProto.newBuilder();
    sequence.getSequenceTypeBuilder().setElemType(info("x", 1).getType());
    graph.getInputBuilder(0).setType(sequence);
    assertRefused(model(graph), "TYPE-001", "node 0 (Relu)", "takes a tensor");
  }

  @Test
  void namesThatAreNotUtf8() {
    ByteString latin = ByteString.copyFrom(new byte[] {(byte) 0xE9});
    GraphProto.Builder graph = graph();
    graph.addNode(relu().setNameBytes(latin));
    assertEquals("ONNX-012", refused(model(graph)).code());
    graph.setNode(0, relu().addOutput("")).setNameBytes(latin);
    assertEquals("ONNX-012", refused(model(graph)).code());
  }

  @Test
  void foreignNamesAreShownShortAndOnOneLine() {
    String name = "a\nb\u2028c".repeat(1000);
    Diagnostic d = refused(model(graph(node("Relu", List.of(name), List.of("y")).setName(name))));
    assertTrue(d.toString().length() < 1000, d::toString);
  }

  /** Whatever the damage: a graph, or a diagnostic of four lines. */
  @Test
  void damagedModels() {
    GraphProto.Builder graph =
        graph(
            node("Mul", List.of("x", "w"), List.of("h")).setName("n").setDocString("d"),
            cast(to(AttributeType.INT).setI(10)).setInput(0, "h").setOutput(0, "c"),
            node("Clip", List.of("x", "", "six"), List.of("y")));
    graph.addInitializer(weights("w")).addOutput(info("c", 10));
    graph.addInitializer(weights("six").clearDims().clearFloatData().addFloatData(6));
    byte[] bytes = model(graph).build().toByteArray();
    Models.read(model(graph));
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = bytes.clone();
      for (int k = 0; k <= random.nextInt(3); k++) {
        damaged[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        OnnxFile.read(damaged, "model.onnx");
      } catch (DiagnosticException e) {
        assertEquals(4, e.getMessage().split("\n", -1).length, e::getMessage);
      }
    }
  }
}
