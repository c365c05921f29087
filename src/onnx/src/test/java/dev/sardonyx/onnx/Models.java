package dev.sardonyx.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.TypeProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.util.Arrays;
import java.util.List;

/** Models as other programs write them, made message by message. */
final class Models {
  static final String FILE = "model.onnx";

  private Models() {}

  static ModelProto.Builder model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
        .setGraph(graph);
  }

  /** One float32[2] input x, one output y, and these nodes. */
  static GraphProto.Builder graph(NodeProto.Builder... nodes) {
    GraphProto.Builder graph =
        GraphProto.newBuilder().setName("g").addInput(info("x", 1)).addOutput(info("y", 1));
    Arrays.stream(nodes).forEach(graph::addNode);
    return graph;
  }

  static NodeProto.Builder node(String type, List<String> inputs, List<String> outputs) {
    return NodeProto.newBuilder().setOpType(type).addAllInput(inputs).addAllOutput(outputs);
  }

  static NodeProto.Builder relu() {
    return node("Relu", List.of("x"), List.of("y"));
  }

  static ValueInfoProto.Builder info(String name, int elementType) {
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getTensorTypeBuilder()
        .setElemType(elementType)
        .getShapeBuilder()
        .addDimBuilder()
        .setDimValue(2);
    return ValueInfoProto.newBuilder().setName(name).setType(type);
  }

  static TensorProto.Builder weights(String name) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(1)
        .addDims(2)
        .addAllFloatData(List.of(1f, 2f));
  }

  static Graph read(ModelProto.Builder model) {
    return OnnxFile.read(model.build().toByteArray(), FILE);
  }

  static Diagnostic refused(ModelProto.Builder model) {
    return refused(model.build().toByteArray());
  }

  /** The refusal of these bytes, which always has its four lines. */
  static Diagnostic refused(byte[] bytes) {
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> OnnxFile.read(bytes, FILE));
    assertEquals(4, e.getMessage().split("\n", -1).length, e::getMessage);
    return e.diagnostic();
  }
}
