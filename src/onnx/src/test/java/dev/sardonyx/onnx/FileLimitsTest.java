package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Models.graph;
import static dev.sardonyx.onnx.Models.model;
import static dev.sardonyx.onnx.Models.node;
import static dev.sardonyx.onnx.Models.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.proto.FunctionProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.SparseTensorProto;
import dev.sardonyx.proto.TensorProto;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a small file may become; the limits are lowered to what a test can reach. */
class FileLimitsTest {
  private static Diagnostic refusedWithin(Limits limits, ModelProto.Builder model) {
    byte[] bytes = model.build().toByteArray();
    return assertThrows(DiagnosticException.class, () -> OnnxFile.read(bytes, Models.FILE, limits))
        .diagnostic();
  }

  /** A function of the domain f that applies {@code first}, then {@code second}. */
  private static FunctionProto.Builder function(String name, String first, String second) {
    return FunctionProto.newBuilder()
        .setDomain("f")
        .setName(name)
        .addInput("a")
        .addOutput("c")
        .addNode(node(first, List.of("a"), List.of("b")).setDomain(domain(first)))
        .addNode(node(second, List.of("b"), List.of("c")).setDomain(domain(second)));
  }

  private static String domain(String type) {
    return type.length() == 1 ? "f" : "";
  }

  private static ModelProto.Builder calling(FunctionProto.Builder... functions) {
    ModelProto.Builder model =
        model(graph(node("A", List.of("x"), List.of("y")).setDomain("f")))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("f").setVersion(1));
    List.of(functions).forEach(model::addFunctions);
    return model;
  }

  @Test
  void functionsDoNotCallThemselves() {
    Diagnostic itself = refused(calling(function("A", "Relu", "A")));
    assertEquals("ONNX-031", itself.code());
    assertEquals("calls: f.A -> f.A", itself.received());
    Diagnostic others = refused(calling(function("A", "Relu", "B"), function("B", "A", "Relu")));
    assertEquals("ONNX-031", others.code());
    assertTrue(others.message().contains("calls itself"), others::toString);
    assertEquals("calls: f.A -> f.B -> f.A", others.received());
    assertEquals("model.onnx, function f.A", others.at().toString());
  }

  /** Each function applies the next one twice. */
  @Test
  void callsBecomeSoManyNodesAtMost() {
    ModelProto.Builder model =
        calling(function("A", "B", "B"), function("B", "C", "C"), function("C", "Exp", "Exp"));
    byte[] bytes = model.build().toByteArray();
    Limits enough = Limits.DEFAULT.withInlinedNodes(14);
    assertEquals(9, OnnxFile.read(bytes, Models.FILE, enough).nodes().size());
    Diagnostic d = refusedWithin(Limits.DEFAULT.withInlinedNodes(13), model);
    assertEquals("ONNX-032", d.code());
    assertEquals("the calls of the model's functions become more than 13 nodes", d.message());
    assertEquals("calls around this one: 3", d.received());
    assertEquals("Limits.withInlinedNodes allows more", d.help());
  }

  private static ModelProto.Builder sparse(long... dims) {
    SparseTensorProto.Builder sparse =
        SparseTensorProto.newBuilder()
            .setValues(TensorProto.newBuilder().setName("w").setDataType(1).addDims(0))
            .setIndices(TensorProto.newBuilder().setDataType(7).addDims(0));
    for (long dim : dims) {
      sparse.addDims(dim);
    }
    return model(graph(node("Add", List.of("x", "w"), List.of("y"))).addSparseInitializer(sparse));
  }

  @Test
  void sparseTensorsBecomeSoManyBytesAtMost() {
    Diagnostic d = refusedWithin(Limits.DEFAULT.withDenseBytes(7), sparse(2));
    assertEquals("ONNX-033", d.code());
    assertEquals(
        "the model's sparse tensors would take more than 7 bytes when they are dense", d.message());
    assertEquals("Limits.withDenseBytes allows more", d.help());
    byte[] bytes = sparse(2).build().toByteArray();
    assertEquals("g", OnnxFile.read(bytes, "m", Limits.DEFAULT.withDenseBytes(8)).name());
    assertEquals("ONNX-033", refused(sparse(1L << 40, 1L << 40)).code());
  }
}
