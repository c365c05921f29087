package dev.sardonyx.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.TensorProto;
import dev.sardonyx.proto.ValueInfoProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WritingTest {
  private static final String TWO_RESULTS =
      """
      graph g(x: float32[N,8], w: float32[8]) {
        %1, %2 = com.microsoft.SkipLayerNormalization(x, x, w)
        return y = %1
      }
      """;

  private static ModelProto written(String text, Export export) throws Exception {
    return ModelProto.parseFrom(OnnxFile.bytes(GraphText.parse(text, "test"), export));
  }

  private static GraphProto written(String text) throws Exception {
    return written(text, Export.DEFAULT).getGraph();
  }

  private static Diagnostic refused(String text, Export export) {
    Graph graph = GraphText.parse(text, "test");
    return assertThrows(DiagnosticException.class, () -> OnnxFile.bytes(graph, export))
        .diagnostic();
  }

  /** ONNX Runtime's own operators look at how many results there are, named or not. */
  @Test
  void onlyTheStandardsOperatorsLoseTheirLastUnusedResults() throws Exception {
    GraphProto graph =
        written(
            """
            graph g(x: float32[N,8], w: float32[8]) {
              %1, %2 = Dropout(x)
              %3, %4 = com.microsoft.SkipLayerNormalization(%1, x, w)
              return y = %3
            }
            """);
    assertEquals(1, graph.getNode(0).getOutputCount());
    assertEquals(List.of("y", ""), graph.getNode(1).getOutputList());
    Graph back = OnnxFile.read(OnnxFile.bytes(GraphText.parse(TWO_RESULTS, "test")), "test");
    assertEquals(2, back.outputs().get(0).node().outputs().size());
  }

  /** Its type comes from the operator: there is no element to tell. */
  @Test
  void aListThatMustBeGivenAndIsEmpty() throws Exception {
    String text = "graph g() { y = RandomNormal<shape=[]>() return y = y }";
    Graph graph = GraphText.parse(text, "test");
    Graph back = OnnxFile.read(OnnxFile.bytes(graph), "test");
    assertEquals(Optional.empty(), GraphDifference.between(graph, back));
    assertEquals(
        List.of(AttributeProto.AttributeType.INTS),
        written(text).getNode(0).getAttributeList().stream()
            .filter(a -> a.getName().equals("shape"))
            .map(AttributeProto::getType)
            .toList());
  }

  @Test
  void theFileIsAsDescribed() throws Exception {
    GraphProto graph =
        written(
            """
            graph g(x: float32[N,?]) {
              param w: float32[] = 2.0
              frozen v: float32[1] = [3.0]
              param steps: int64[] = 4
              %1 = Clip(x, _, 1.0)
              %2 = LeakyRelu<alpha=0.01>(%1)
              %3 = LeakyRelu<alpha=0.5>(%2)
              h = Mul(%3, w)
              %4 = Mul(h, v)
              return y = %4, again = %4, h2 = h, s = steps
            }
            """);
    assertEquals(
        List.of(
            "Constant() -> Constant$0",
            "Clip(x, , Constant$0) -> Clip$0",
            "LeakyRelu(Clip$0) -> LeakyRelu$0",
            "LeakyRelu<alpha>(LeakyRelu$0) -> LeakyRelu$1",
            "Mul(LeakyRelu$1, w) -> h",
            "Mul(h, v) -> y",
            "Identity(y) -> again",
            "Identity(h) -> h2",
            "Identity(steps) -> s"),
        graph.getNodeList().stream().map(WritingTest::describe).toList());
    assertEquals(
        List.of("w", "v sardonyx.trainable=false", "steps sardonyx.trainable=true"),
        graph.getInitializerList().stream().map(WritingTest::describe).toList());
    assertTrue(graph.getInitializerList().stream().allMatch(TensorProto::hasRawData));
    assertEquals(0, graph.getValueInfoCount());
    ValueInfoProto x = graph.getInput(0);
    assertEquals("N", x.getType().getTensorType().getShape().getDim(0).getDimParam());
    assertFalse(x.getType().getTensorType().getShape().getDim(1).hasDimParam());
    assertFalse(x.getType().getTensorType().getShape().getDim(1).hasDimValue());
  }

  private static String describe(NodeProto node) {
    String attributes = node.getOpType().equals("Constant") ? "" : attributes(node);
    return "%s%s(%s) -> %s"
        .formatted(
            node.getOpType(),
            attributes,
            String.join(", ", node.getInputList()),
            String.join(", ", node.getOutputList()));
  }

  private static String attributes(NodeProto node) {
    List<String> names = node.getAttributeList().stream().map(a -> a.getName()).toList();
    return names.isEmpty() ? "" : "<" + String.join(", ", names) + ">";
  }

  private static String describe(TensorProto tensor) {
    StringBuilder out = new StringBuilder(tensor.getName());
    tensor
        .getMetadataPropsList()
        .forEach(e -> out.append(" ").append(e.getKey()).append("=").append(e.getValue()));
    return out.toString();
  }

  /** ONNX Runtime: "This is an invalid model. Error: two nodes with same node name". */
  @Test
  void namesOfNodesAreUnique() throws Exception {
    GraphProto graph = written("graph g() { a = 1 @n b = Neg(a) @n c = Abs(b) @m return c = c }");
    assertEquals(
        List.of("n", "", "m"), graph.getNodeList().stream().map(NodeProto::getName).toList());
    assertFalse(graph.getNode(1).hasName());
  }

  @Test
  void typesOfIntermediateValues() throws Exception {
    String text = "graph g(x: float32[N]) { h = Exp(x) %1 = IsNaN(h) y = Not(%1) return y = y }";
    Export export = Export.atOpset(20).withIntermediateTypes(true).withProducer("p", "1.2");
    ModelProto model = written(text, export);
    List<String> names =
        model.getGraph().getValueInfoList().stream().map(ValueInfoProto::getName).toList();
    assertEquals(List.of("h", "IsNaN$0"), names);
    assertEquals(9, model.getGraph().getValueInfo(1).getType().getTensorType().getElemType());
    assertEquals("p 1.2", model.getProducerName() + " " + model.getProducerVersion());
  }

  @ParameterizedTest
  @CsvSource({
    "13,float32,8",
    "18,float32,8",
    "19,float32,9",
    "20,float32,9",
    "21,float32,10",
    "22,float32,10",
    "23,float32,11",
    "24,float32,12",
    "25,float32,13",
    "26,float32,13",
    "27,float32,13",
    "28,float32,14",
    "18,float8e5m2,9",
    "18,int4,10",
    "18,float4e2m1,11",
    "18,float8e8m0,12",
    "18,uint2,13"
  })
  void versions(int opset, String element, int ir) throws Exception {
    String data = element.startsWith("float3") ? "[1.0]" : "base64 \"AA==\"";
    ModelProto model =
        written(
            "graph g() { c = " + element + "[1] " + data + " return c = c }",
            Export.atOpset(opset));
    assertEquals(ir, model.getIrVersion());
    assertEquals(opset, model.getOpsetImport(0).getVersion());
  }

  @Test
  void operatorsThatAnOpsetDoesNotHave() {
    String text = "graph g(x: string[2]) { y = StringConcat(x, x) return y = y }";
    Diagnostic d = refused(text, Export.atOpset(17));
    assertEquals("ONNX-013", d.code());
    assertEquals("StringConcat cannot be written at opset 17", d.message());
    assertEquals("test:1", d.at().toString());
    assertTrue(d.help().contains("opset 20"), d::toString);
  }

  /** All of them at once, those of bodies too. */
  @Test
  void everyNodeThatAnOpsetCannotHold() {
    String text =
        "graph g(x: string[2], y: float32[2]) { a = StringConcat(x, x) "
            + "b = BitCast<to=int32>(y) return a = a, b = b }";
    Diagnostic d = refused(text, Export.atOpset(13));
    assertEquals("BitCast, StringConcat cannot be written at opset 13", d.message());
    assertEquals(
        "StringConcat[](string[2], string[2])   BitCast[to=int32](float32[2])", d.received());
    assertTrue(d.help().contains("from opset 26 on"), d::toString);
  }

  @Test
  void attributesThatAnOpsetDoesNotHave() throws Exception {
    String text = "graph g(x: float32[1,1,H,6]) { y = AveragePool<%s>(x) return y = y }";
    String plain = text.formatted("kernel_shape=[2,2], dilations=[1,1]");
    assertEquals("AveragePool<kernel_shape>(x) -> y", describe(written(plain).getNode(0)));
    Diagnostic d = refused(text.formatted("kernel_shape=[2,2], dilations=[2,2]"), Export.DEFAULT);
    assertEquals("ONNX-013", d.code());
    assertEquals("AveragePool cannot be written at opset 18", d.message());
    assertTrue(d.help().contains("from opset 19 on"), d::toString);
  }

  @ParameterizedTest
  @CsvSource({"12", "29", "-1", "2147483647"})
  void opsetsThatCannotBeWritten(int opset) {
    Diagnostic d =
        assertThrows(DiagnosticException.class, () -> Export.atOpset(opset)).diagnostic();
    assertEquals("ONNX-017", d.code());
    assertEquals("WritingTest.java", d.at().file());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "graph g(x: float32[]) { y = Exp(x) return x = y } | ONNX-022 | output x has the name of an input",
        "graph g(x: float32[]) { return \"\" = x }         | ONNX-022 | an output has no name",
        "graph g(\"\": float32[]) { return y = \"\" }      | ONNX-022 | an input or parameter has no name",
        "graph g(\"\\ud800\": float32[]) { return y = \"\\ud800\" } | ONNX-015 | half of a surrogate pair",
        "graph g() { return y = [\"\\udc00\\ud800\"] }     | ONNX-015 | half of a surrogate pair",
        "graph g() { doc \"\\ud800\" return y = 1 }        | ONNX-015 | half of a surrogate pair",
        "graph g() { meta \"a\" = \"\\ud800\" return y = 1 } | ONNX-015 | half of a surrogate pair",
        "graph g() { meta \"onnx.model.version\" = \"01\" return y = 1 } | ONNX-023 | version is no number",
      })
  void namesThatAFileCannotHold(String text, String code, String message) {
    Diagnostic d = refused(text, Export.DEFAULT);
    assertEquals(code, d.code());
    assertTrue(d.message().contains(message), d::toString);
  }

  /** Parameters of one tensor, which is in memory once, count as often as the file holds them. */
  @Test
  void moreThanOneFileHolds() {
    Tensor tensor = Tensor.zeros(ElementType.UINT8, 64 << 20);
    List<Value> parameters =
        IntStream.range(0, 32).mapToObj(i -> Value.parameter("w" + i, tensor)).toList();
    Graph graph = Graph.of("large", List.of(), parameters);
    Diagnostic d =
        assertThrows(DiagnosticException.class, () -> OnnxFile.bytes(graph)).diagnostic();
    assertEquals("ONNX-024", d.code());
    assertEquals("bytes of tensors so far: " + (31L << 26), d.received());
    assertEquals("WritingTest.java", d.at().file());
  }

  @Test
  void placesThatCannotBeWritten(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Graph graph = GraphText.parse("graph g() { return y = 1 }", "test");
    for (Path path : List.of(folder, file.resolve("below"))) {
      Diagnostic d =
          assertThrows(DiagnosticException.class, () -> OnnxFile.write(graph, path)).diagnostic();
      assertEquals("ONNX-016", d.code());
      assertEquals("WritingTest.java", d.at().file());
    }
  }

  @Test
  void metadataLandAtTheirLevels() throws Exception {
    Graph graph = GraphText.parse("graph g() { return y = 1 }", "test");
    Graph.Info info = new Graph.Info(null, Map.of("onnx.graph.k", "inner"));
    ModelProto model = ModelProto.parseFrom(OnnxFile.bytes(graph.withInfo(info)));
    assertEquals(0, model.getMetadataPropsCount());
    assertEquals("k", model.getGraph().getMetadataProps(0).getKey());
  }
}
