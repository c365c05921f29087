package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Models.graph;
import static dev.sardonyx.onnx.Models.info;
import static dev.sardonyx.onnx.Models.model;
import static dev.sardonyx.onnx.Models.node;
import static dev.sardonyx.onnx.Models.read;
import static dev.sardonyx.onnx.Models.relu;
import static dev.sardonyx.onnx.Models.weights;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.AttributeProto.AttributeType;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.TensorShapeProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignModelTest {
  private static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static Tensor constant(AttributeProto.Builder value) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addNode(node("Constant", List.of(), List.of("y")).addAttribute(value))
            .addOutput(info("y", 0).clearType());
    Tensor tensor = read(model(graph)).outputs().get(0).constant();
    assertEquals(false, tensor == null);
    return tensor;
  }

  @Test
  void constantsOfEveryForm() {
    assertEquals(
        Tensor.of(new float[] {1, 2}),
        constant(attribute("value", AttributeType.TENSOR).setT(weights("ignored"))));
    assertEquals(
        Tensor.scalar(1.5f), constant(attribute("value_float", AttributeType.FLOAT).setF(1.5f)));
    assertEquals(
        Tensor.of(new float[] {1, 2}),
        constant(attribute("value_floats", AttributeType.FLOATS).addFloats(1).addFloats(2)));
    assertEquals(
        Tensor.of(new float[0]), constant(attribute("value_floats", AttributeType.FLOATS)));
    assertEquals(Tensor.scalar(7L), constant(attribute("value_int", AttributeType.INT).setI(7)));
    assertEquals(
        Tensor.of(new long[] {7, 8}),
        constant(attribute("value_ints", AttributeType.INTS).addInts(7).addInts(8)));
    assertEquals(
        Tensor.ofStrings(List.of("é")).reshape(),
        constant(
            attribute("value_string", AttributeType.STRING).setS(ByteString.copyFromUtf8("é"))));
    assertEquals(
        Tensor.ofStrings(List.of("a")),
        constant(
            attribute("value_strings", AttributeType.STRINGS)
                .addStrings(ByteString.copyFromUtf8("a"))));
  }

  @Test
  void oldFilesListWeightsAmongTheInputs() {
    GraphProto.Builder graph = graph(node("Add", List.of("x", "w"), List.of("y")));
    graph.addInput(info("w", 1)).addInitializer(weights("w")).addInitializer(weights("unused"));
    Graph read = read(model(graph).setIrVersion(3));
    assertEquals(List.of("x"), List.copyOf(read.inputTypes().keySet()));
    Tensor data = Tensor.of(new float[] {1, 2});
    assertEquals(
        List.of(new Leaf.Parameter("w", data, true)),
        read.parameters().stream().map(Value::op).toList());
  }

  @Test
  void integerInitializersAreConstants() {
    TensorProto.Builder axes =
        TensorProto.newBuilder().setName("axes").setDataType(7).addDims(1).addInt64Data(3);
    GraphProto.Builder graph = graph(node("Mul", List.of("axes", "axes"), List.of("y")));
    graph.addInitializer(axes).setOutput(0, info("y", 7));
    Value product = read(model(graph)).outputs().get(0);
    assertEquals(Tensor.of(new long[] {3}), product.node().input(0).constant());
    assertEquals("axes", product.node().input(0).name());
    assertEquals(List.of(Dim.of(9)), product.node().content());
  }

  @Test
  void absentInputsAndUnusedNodes() {
    Graph read =
        read(
            model(
                graph(
                    node("Constant", List.of(), List.of("six"))
                        .addAttribute(attribute("value_float", AttributeType.FLOAT).setF(6)),
                    node("Exp", List.of("x"), List.of("dead")),
                    node("Clip", List.of("x", "", "six"), List.of("y", "")))));
    assertEquals(3, read.nodes().size());
    assertNull(read.outputs().get(0).node().inputs().get(1));
  }

  @Test
  void attributesWithoutATypeAndDomainsByTheirLongName() {
    GraphProto.Builder graph =
        graph(
            node("Cast", List.of("x"), List.of("y"))
                .setDomain("ai.onnx")
                .addAttribute(AttributeProto.newBuilder().setName("to").setI(11)));
    graph.setOutput(0, info("y", 11));
    Graph read =
        read(
            model(graph)
                .clearOpsetImport()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx").setVersion(20))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("x.y").setVersion(1)));
    assertEquals(ElementType.FLOAT64, read.outputs().get(0).element());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "N | N",
        "batch size | 'batch size'",
        "floor((W-3)/2)+1 | floor((W-3)/2)+1",
        "2*N + 1 | 2*N+1",
        "N*(H-1) | H*N-N",
        "s0//2 | 's0//2'",
        "`` | ?",
        "12 | 12",
        "unk__12 | unk__12",
        "a*9223372036854775807*2 | 'a*9223372036854775807*2'",
        "(a+b+c+d+e+f)*(a+b+c+d+e+f)*(a+b+c+d+e+f)*(a+b+c+d+e+f)*(a+b+c+d+e+f)*(a+b+c+d+e+f)"
            + " | '(a+b+c+d+e+f)*(a+b+c+d+e+f)*(a+b+c+d+e+f)*(a+b+c+d+e+f)*(a+b+c+d+e+f)"
            + "*(a+b+c+d+e+f)'",
      })
  void symbolicDimensions(String param, String dim) {
    GraphProto.Builder graph = graph(relu());
    TensorShapeProto.Builder shape =
        graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    shape.getDimBuilder(0).setDimParam(param);
    assertEquals(Dim.parse(dim), read(model(graph)).inputs().get(0).shape().dim(0));
  }

  @Test
  void minusOneIsAnUnknownDimension() {
    GraphProto.Builder graph = graph(relu());
    TensorShapeProto.Builder shape =
        graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    shape.getDimBuilder(0).setDimValue(-1);
    assertEquals(Dim.UNKNOWN, read(model(graph)).inputs().get(0).shape().dim(0));
  }

  @Test
  void aHostileDimensionIsQuickAndShallow() {
    GraphProto.Builder graph = graph(relu());
    TensorShapeProto.Builder shape =
        graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    String deep = "floor(".repeat(100_000);
    shape.getDimBuilder(0).setDimParam(deep);
    assertEquals(Dim.symbol(deep), read(model(graph)).inputs().get(0).shape().dim(0));
  }
}
