package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Models.info;
import static dev.sardonyx.onnx.Models.node;
import static dev.sardonyx.onnx.Models.weights;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.proto.AttributeProto.AttributeType;
import dev.sardonyx.proto.FunctionProto;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.StringStringEntryProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.TrainingInfoProto;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingInfoTest {
  private static final String TRAINING = "ai.onnx.preview.training";

  private static OperatorSetIdProto opset(String domain, long version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  private static StringStringEntryProto binding(String initializer, String output) {
    return StringStringEntryProto.newBuilder().setKey(initializer).setValue(output).build();
  }

  /** y = x * w, where a step moves w by what it was multiplied with and counts itself. */
  private static ModelProto.Builder model() {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("g")
            .addInput(info("x", 1))
            .addInitializer(weights("w"))
            .addInitializer(
                TensorProto.newBuilder().setName("t").setDataType(7).addInt64Data(3).build())
            .addNode(node("Mul", List.of("x", "w"), List.of("h")))
            .addNode(node("Cast", List.of("t"), List.of("tf")))
            .addNode(node("Add", List.of("h", "tf"), List.of("y")))
            .addOutput(info("y", 1));
    graph.getNodeBuilder(1).addAttributeBuilder().setName("to").setType(AttributeType.INT).setI(1);
    GraphProto algorithm =
        GraphProto.newBuilder()
            .setName("step")
            .addInput(info("target", 1))
            .addInitializer(
                TensorProto.newBuilder().setName("one").setDataType(7).addInt64Data(1).build())
            .addNode(node("Sub", List.of("y", "target"), List.of("error")))
            .addNode(node("Gradient", List.of("w"), List.of("slope")).setDomain(TRAINING))
            .addNode(node("Sub", List.of("w", "slope"), List.of("moved")))
            .addNode(node("Add", List.of("t", "one"), List.of("later")))
            .addOutput(info("error", 1))
            .addOutput(info("moved", 1))
            .addOutput(info("later", 7))
            .build();
    return Models.model(graph)
        .addOpsetImport(opset(TRAINING, 1))
        .addTrainingInfo(
            TrainingInfoProto.newBuilder()
                .setAlgorithm(algorithm)
                .addUpdateBinding(binding("w", "moved"))
                .addUpdateBinding(binding("t", "later")));
  }

  private static ModelProto written(Graph graph) throws Exception {
    return ModelProto.parseFrom(OnnxFile.bytes(graph));
  }

  private static Diagnostic refused(Graph graph, Export export) {
    return assertThrows(DiagnosticException.class, () -> OnnxFile.bytes(graph, export))
        .diagnostic();
  }

  @Test
  void survives() throws Exception {
    ModelProto model = model().build();
    Graph graph = Models.read(model.toBuilder());
    assertTrue(graph.info().metadata().containsKey(TrainingInfo.KEY));
    ModelProto out = written(graph);
    assertEquals(model.getTrainingInfoList(), out.getTrainingInfoList());
    assertTrue(out.getOpsetImportList().contains(opset(TRAINING, 1)));
    assertTrue(out.getMetadataPropsList().isEmpty());
    assertEquals(out, written(Models.read(out.toBuilder())));
    assertEquals(out, written(GraphText.parse(GraphText.print(graph), "test")));
  }

  /** What a step changes must be an initializer in the file that is written, too. */
  @Test
  void whatIsTrainedIsAParameter() throws Exception {
    Graph graph = Models.read(model());
    List<String> parameters = graph.parameters().stream().map(Value::name).toList();
    assertEquals(List.of("w", "t"), parameters);
    assertFalse(assertInstanceOf(Leaf.Parameter.class, graph.parameters().get(1).op()).trainable());
    Graph plain = Models.read(model().clearTrainingInfo());
    assertEquals(List.of("w"), plain.parameters().stream().map(Value::name).toList());
  }

  /** The graph's own calls are inlined; those of the training need their functions. */
  @Test
  void bringsFunctionsAlong() throws Exception {
    ModelProto.Builder model = model().addOpsetImport(opset("f", 1));
    model
        .getTrainingInfoBuilder(0)
        .getAlgorithmBuilder()
        .getNodeBuilder(0)
        .setDomain("f")
        .setOpType("Error");
    model.addFunctions(
        FunctionProto.newBuilder()
            .setDomain("f")
            .setName("Error")
            .addInput("a")
            .addInput("b")
            .addOutput("c")
            .addNode(node("Sub", List.of("a", "b"), List.of("c")))
            .addOpsetImport(opset("", 18)));
    ModelProto out = written(Models.read(model));
    assertEquals(model.getFunctionsList(), out.getFunctionsList());
    assertEquals(model.getTrainingInfoList(), out.getTrainingInfoList());
    assertTrue(out.getOpsetImportList().contains(opset("f", 1)));
    assertEquals(out, written(Models.read(out.toBuilder())));
  }

  @Test
  void isRefusedAtAnotherOpset() {
    Diagnostic refused = refused(Models.read(model()), Export.DEFAULT.withOpset(20));
    assertEquals("ONNX-034", refused.code());
    assertEquals(
        "the training information cannot be written: its operators are those of opset 18, not 20",
        refused.message());
    assertEquals("write the model at opset 18", refused.help());
  }

  @Test
  void isRefusedWithoutWhatItNames() {
    Graph graph = Models.read(model());
    Graph other =
        Graph.of("g", graph.inputs(), Map.of("z", graph.inputs().get(0).neg()))
            .withInfo(graph.info());
    Diagnostic refused = refused(other, Export.DEFAULT);
    assertEquals("ONNX-034", refused.code());
    assertTrue(refused.message().endsWith("no longer has what it names: [t, w, y]"));
  }

  @Test
  void isRefusedWhereTheyAreNone() {
    for (String text : List.of("not base64!", "AAAA")) {
      Value x = Models.read(model()).inputs().get(0);
      Graph graph =
          Graph.of("g", List.of(x), Map.of("y", x.neg()))
              .withInfo(new Graph.Info(null, Map.of(TrainingInfo.KEY, text)));
      Diagnostic refused = refused(graph, Export.DEFAULT);
      assertEquals("ONNX-034", refused.code());
      assertEquals("property: " + TrainingInfo.KEY, refused.received());
    }
  }
}
