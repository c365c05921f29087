package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Models.graph;
import static dev.sardonyx.onnx.Models.info;
import static dev.sardonyx.onnx.Models.model;
import static dev.sardonyx.onnx.Models.node;
import static dev.sardonyx.onnx.Models.read;
import static dev.sardonyx.onnx.Models.weights;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.StringStringEntryProto;
import dev.sardonyx.proto.TrainingInfoProto;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a model is trained goes through reading and writing as it is. */
class TrainingInfoRefusalTest {
  /** y = x + w, and in each step w becomes w + y. */
  private static ModelProto trained() {
    GraphProto.Builder step =
        GraphProto.newBuilder()
            .setName("step")
            .addNode(node("Add", List.of("w", "y"), List.of("next")))
            .addOutput(info("next", 1));
    TrainingInfoProto.Builder training =
        TrainingInfoProto.newBuilder()
            .setAlgorithm(step)
            .addUpdateBinding(StringStringEntryProto.newBuilder().setKey("w").setValue("next"));
    GraphProto.Builder graph = graph(node("Add", List.of("x", "w"), List.of("y")));
    return model(graph.addInitializer(weights("w"))).addTrainingInfo(training).build();
  }

  private static Diagnostic refused(Graph graph, Export export) {
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> OnnxFile.bytes(graph, export));
    assertEquals("ONNX-034", e.diagnostic().code(), e::getMessage);
    assertEquals("property: onnx.training_info", e.diagnostic().received());
    assertEquals("TrainingInfoRefusalTest.java", e.diagnostic().at().file());
    return e.diagnostic();
  }

  @Test
  void isWrittenAsItWasRead() throws Exception {
    byte[] bytes = OnnxFile.bytes(read(trained().toBuilder()));
    assertEquals(
        trained().getTrainingInfoList(), ModelProto.parseFrom(bytes).getTrainingInfoList());
  }

  @Test
  void namesWhatTheModelHas() {
    Graph read = read(trained().toBuilder());
    Value y = read.inputs().get(0).neg();
    Graph other = Graph.of("g", read.inputs(), List.of(y), List.of("z")).withInfo(read.info());
    Diagnostic d = refused(other, Export.DEFAULT);
    assertEquals(
        "the training information cannot be written: the model no longer has what it names:"
            + " [w, y]",
        d.message());
    assertEquals("remove the property from the graph's metadata", d.help());
  }

  @Test
  void keepsItsOpset() {
    Diagnostic d = refused(read(trained().toBuilder()), Export.DEFAULT.withOpset(20));
    assertEquals(
        "the training information cannot be written: its operators are those of opset 18, not 20",
        d.message());
    assertEquals("write the model at opset 18", d.help());
  }

  @Test
  void isTrainingInformation() {
    Graph read = read(trained().toBuilder());
    for (String property : List.of("?", "AAAA")) {
      Graph.Info info = new Graph.Info(null, Map.of("onnx.training_info", property));
      assertEquals(
          "the training information cannot be written: the property holds none",
          refused(read.withInfo(info), Export.DEFAULT).message());
    }
  }
}
