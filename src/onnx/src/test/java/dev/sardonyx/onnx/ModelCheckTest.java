package dev.sardonyx.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.TensorShapeProto;
import dev.sardonyx.proto.TypeProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCheckTest {
  @TempDir private Path folder;

  private static NodeProto node(String type, String inputs, String output) {
    NodeProto.Builder node = NodeProto.newBuilder().setName("make_" + output).setOpType(type);
    List.of(inputs.split(" ")).forEach(node::addInput);
    return node.addOutput(output).build();
  }

  private static ValueInfoProto value(String name, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dim : dims) {
      shape.addDimBuilder().setDimValue(dim);
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT32.code()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private List<Diagnostic> problems(GraphProto.Builder graph) throws IOException {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
            .setGraph(graph)
            .build();
    return ModelCheck.problems(Files.write(folder.resolve("model.onnx"), model.toByteArray()));
  }

  private static String told(Diagnostic diagnostic) {
    return diagnostic.code() + " " + diagnostic.at().detail();
  }

  @Test
  void nothingIsWrong() throws IOException {
    assertEquals(
        List.of(),
        problems(
            GraphProto.newBuilder()
                .addInput(value("x", 3))
                .addNode(node("Relu", "x", "y"))
                .addOutput(value("y", 3))));
  }

  @Test
  void everyMistakeIsToldOnce() throws IOException {
    List<Diagnostic> problems =
        problems(
            GraphProto.newBuilder()
                .addInput(value("x", 3))
                .addInitializer(
                    TensorProto.newBuilder().setName("w").setDataType(1).addDims(2).addFloatData(1))
                .addNode(node("Frobnicate", "x", "a"))
                .addNode(node("Relu", "a", "b"))
                .addNode(node("Mul", "b w", "c"))
                .addNode(node("MatMul", "x nothing", "d"))
                .addNode(node("Blend", "x", "e"))
                .addNode(node("Relu", "x", "fine"))
                .addOutput(value("c", 3))
                .addOutput(value("fine", 3))
                .addOutput(value("fine", 3)));
    assertEquals(
        List.of(
            "ONNX-008 initializer w",
            "ONNX-004 node make_a",
            "ONNX-019 node make_d",
            "ONNX-004 node make_e",
            "ONNX-007 output fine"),
        problems.stream().map(ModelCheckTest::told).toList());
  }

  @Test
  void whatIsDeclaredStandsInForWhatCannotBeMade() throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(value("x", 3))
            .addNode(node("Frobnicate", "x", "a"))
            .addNode(node("Add", "a x", "b"))
            .addOutput(value("b", 3));
    assertEquals(1, problems(graph.clone()).size());
    List<Diagnostic> both = problems(graph.clone().addValueInfo(value("a", 2)));
    assertEquals(2, both.size(), both::toString);
    assertEquals("node make_b", both.get(1).at().detail());
    assertTrue(both.get(1).received().contains("float32[2]"), both::toString);
  }

  @Test
  void aFileThatIsNoModelHasOneProblem() throws IOException {
    Path file = Files.writeString(folder.resolve("a.onnx"), "<html>");
    assertEquals(List.of("ONNX-002"), codes(ModelCheck.problems(file)));
    assertEquals(List.of("ONNX-001"), codes(ModelCheck.problems(folder.resolve("none.onnx"))));
  }

  private static List<String> codes(List<Diagnostic> problems) {
    return problems.stream().map(Diagnostic::code).toList();
  }
}
