package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Models.graph;
import static dev.sardonyx.onnx.Models.model;
import static dev.sardonyx.onnx.Models.node;
import static dev.sardonyx.onnx.Models.relu;
import static dev.sardonyx.onnx.Models.weights;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.proto.FunctionProto;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.SparseTensorProto;
import dev.sardonyx.proto.StringStringEntryProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.TrainingInfoProto;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes a graph larger than its file is followed up to limits, and not beyond. */
class LimitsTest {
  private static Diagnostic refused(ModelProto.Builder model, Limits limits) {
    byte[] bytes = model.build().toByteArray();
    return assertThrows(DiagnosticException.class, () -> OnnxFile.read(bytes, Models.FILE, limits))
        .diagnostic();
  }

  private static Graph read(ModelProto.Builder model, Limits limits) {
    return OnnxFile.read(model.build().toByteArray(), Models.FILE, limits);
  }

  /** {@code F0} is two nodes, and each further function calls the one before twice. */
  private static ModelProto.Builder functions(int count) {
    OperatorSetIdProto domain =
        OperatorSetIdProto.newBuilder().setDomain("f").setVersion(1).build();
    ModelProto.Builder model = model(graph(call("F" + (count - 1), "x", "y")));
    model.addOpsetImport(domain);
    for (int i = 0; i < count; i++) {
      String inner = i == 0 ? "Relu" : "F" + (i - 1);
      FunctionProto.Builder function =
          FunctionProto.newBuilder().setName("F" + i).setDomain("f").addInput("x").addOutput("y");
      function.addNode(call(inner, "x", "z")).addNode(call(inner, "z", "y"));
      model.addFunctions(function);
    }
    return model;
  }

  private static NodeProto.Builder call(String type, String input, String output) {
    return node(type, List.of(input), List.of(output)).setDomain(type.equals("Relu") ? "" : "f");
  }

  @Test
  void callsOfFunctions() {
    ModelProto.Builder model = functions(4);
    // 16 of the operator's own, and the calls between.
    assertEquals(17, read(model, Limits.DEFAULT.withNesting(4)).nodes().size());
    assertEquals("ONNX-030", refused(model, Limits.DEFAULT.withNesting(3)).code());
    assertEquals(17, read(model, Limits.DEFAULT.withInlinedNodes(30)).nodes().size());
    Diagnostic many = refused(model, Limits.DEFAULT.withInlinedNodes(29));
    assertEquals("ONNX-032", many.code());
    assertEquals("the calls of the model's functions become more than 29 nodes", many.message());
  }

  @Test
  void functionsThatCallThemselves() {
    ModelProto.Builder model = functions(2);
    model.getFunctionsBuilder(0).setNode(0, call("F1", "x", "z"));
    Diagnostic refused = refused(model, Limits.DEFAULT);
    assertEquals("ONNX-031", refused.code());
    assertEquals("function f.F0 calls itself by way of others", refused.message());
    assertEquals("calls: f.F0 -> f.F1 -> f.F0", refused.received());
  }

  @Test
  void sparseTensorsMadeDense() {
    TensorProto.Builder indices =
        TensorProto.newBuilder().setDataType(7).addDims(2).addInt64Data(0).addInt64Data(9);
    GraphProto.Builder graph = graph(relu());
    graph.addSparseInitializer(
        SparseTensorProto.newBuilder()
            .setValues(weights("w"))
            .setIndices(indices)
            .addDims(10)
            .build());
    read(model(graph), Limits.DEFAULT.withDenseBytes(40));
    Diagnostic refused = refused(model(graph), Limits.DEFAULT.withDenseBytes(39));
    assertEquals("ONNX-033", refused.code());
    assertEquals("model.onnx, sparse initializer w", refused.at().toString());
  }

  @Test
  void trainingInformationThatLostItsValues() {
    NodeProto.Builder sum = node("Add", List.of("x", "w"), List.of("y"));
    ModelProto.Builder model = model(graph(sum).addInitializer(weights("w")));
    model.addTrainingInfo(
        TrainingInfoProto.newBuilder()
            .setAlgorithm(
                GraphProto.newBuilder()
                    .setName("step")
                    .addNode(node("Neg", List.of("ghost"), List.of("next"))))
            .addUpdateBinding(StringStringEntryProto.newBuilder().setKey("w").setValue("next")));
    Graph graph = read(model, Limits.DEFAULT);
    Diagnostic refused =
        assertThrows(DiagnosticException.class, () -> OnnxFile.bytes(graph)).diagnostic();
    assertEquals("ONNX-034", refused.code());
    assertEquals(
        "the training information cannot be written: the model no longer has what it names:"
            + " [ghost]",
        refused.message());
  }
}
