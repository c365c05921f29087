package dev.sardonyx.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.RandomGraphs;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.proto.NodeProto;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
  private static Graph assertSurvives(Graph graph) {
    byte[] bytes = OnnxFile.bytes(graph);
    Graph read = OnnxFile.read(bytes, "model.onnx");
    assertEquals(
        Optional.empty(), GraphDifference.withNames(graph, read), () -> GraphText.print(graph));
    assertArrayEquals(bytes, OnnxFile.bytes(read));
    return read;
  }

  private static Graph parse(String text) {
    return GraphText.parse(text, "test");
  }

  @Test
  void randomGraphs() {
    for (long seed = 0; seed < 300; seed++) {
      assertSurvives(RandomGraphs.of(seed));
    }
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void dataOfEveryType(ElementType element) {
    List<Value> outputs = new ArrayList<>();
    for (long[] dims : new long[][] {{}, {1}, {3}, {2, 5}, {0}, {3, 0, 2}}) {
      Tensor tensor = random(element, dims);
      outputs.add(Value.constant(tensor));
      outputs.add(Value.parameter("p" + outputs.size(), tensor));
      outputs.add(Value.parameter("p" + outputs.size(), tensor, false));
    }
    Graph read = assertSurvives(Graph.of("g", List.of(), outputs));
    for (int i = 0; i < outputs.size(); i += 3) {
      assertEquals(outputs.get(i).constant(), read.outputs().get(i).constant());
      Leaf.Parameter trains = (Leaf.Parameter) read.outputs().get(i + 1).op();
      assertEquals(outputs.get(i + 1).op(), trains);
    }
  }

  private static Tensor random(ElementType element, long[] dims) {
    Random random = new Random(element.code());
    int n = 1;
    for (long dim : dims) {
      n *= (int) dim;
    }
    if (element == ElementType.STRING) {
      return Tensor.ofStrings(Collections.nCopies(n, "é\uD83D\uDE00\u0000"), n).reshape(dims);
    }
    byte[] bytes = new byte[(int) element.bytesFor(n)];
    random.nextBytes(bytes);
    return Tensor.wrap(element, dims, ByteBuffer.wrap(bytes));
  }

  @Test
  void operatorsWithSeveralResults() {
    Graph graph =
        parse(
            """
            graph g(x: float32[2,4,6,6]) {
              param scale: float32[6] = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
              values, indices = TopK(x, [2])
              pooled, places = MaxPool<kernel_shape=[2,2]>(x)
              a, b = Split<axis=1>(x, [1, 3])
              n, mean, deviation = LayerNormalization(x, scale)
              return indices = indices, pooled = pooled, b = b, n = n, deviation = deviation
            }
            """);
    Graph read = assertSurvives(graph);
    assertEquals(1, read.output("pooled").node().outputs().size());
    assertEquals(
        Map.of(
            "TopK", List.of("values", "indices"),
            "MaxPool", List.of("pooled"),
            "Split", List.of("a", "b"),
            "LayerNormalization", List.of("n", "", "deviation")),
        written(graph));
  }

  /** The output names of each operator in the file. */
  private static Map<String, List<String>> written(Graph graph) {
    return new ModelWriter(graph, Export.DEFAULT, null)
        .model().getGraph().getNodeList().stream()
            .filter(n -> !n.getOpType().equals("Constant"))
            .collect(Collectors.toMap(NodeProto::getOpType, n -> List.copyOf(n.getOutputList())));
  }

  @Test
  void outputsThatAreLeavesOrTheSameValue() {
    Graph graph =
        parse(
            """
            graph g(x: float32[N], unused: float32[]) {
              param w: float32[] = 2.0
              h = Mul(x, w)
              return x = x, x2 = x, w2 = w, one = 1.0, y = h, z = h, w = w
            }
            """);
    assertEquals(graph.outputNames(), assertSurvives(graph).outputNames());
  }

  @Test
  void outputsNamedUnlikeTheirValue() {
    Graph graph =
        parse(
            """
            graph g(x: float32[N]) {
              h = Exp(x)
              %1 = Neg(h)
              return y = h, z = %1, h = %1
            }
            """);
    // Two values want to be called h; the output has the better right.
    Graph read = OnnxFile.read(OnnxFile.bytes(graph), "model.onnx");
    assertEquals(Optional.empty(), GraphDifference.between(graph, read));
    assertSurvives(parse("graph g(x: float32[]) { h = Exp(x) return y = h }"));
  }

  @Test
  void twoValuesOfOneName() {
    Value first = Value.input("x", TensorType.parse("float32[]")).exp().named("h");
    Value second = first.neg().named("h").abs();
    Graph graph = Graph.of("g", List.of(first.node().input(0)), List.of(second));
    Graph read = OnnxFile.read(OnnxFile.bytes(graph), "model.onnx");
    assertEquals(Optional.empty(), GraphDifference.between(graph, read));
    Value neg = read.outputs().get(0).node().input(0);
    assertEquals(null, neg.name());
    assertEquals("h", neg.node().input(0).name());
  }

  @Test
  void typesOfEveryKind() {
    Dim odd = Dim.symbol("batch size").times(2).plus(Dim.symbol("N"));
    Dim window = Dim.symbol("W").minus(3).floorDiv(2).plus(1).max(Dim.symbol("3d"));
    List<Value> inputs =
        List.of(
            Value.input("a", TensorType.of(ElementType.FLOAT16, odd, window, Dim.UNKNOWN)),
            Value.input("b", new TensorType(ElementType.INT4, Shape.UNRANKED)),
            Value.input(
                "c",
                TensorType.of(
                    ElementType.BOOL, Dim.symbol("N*(H-1)"), Dim.symbol("N*H"), Dim.symbol("a b"))),
            Value.input("d", new Type.Sequence(TensorType.parse("string[]"))),
            Value.input(
                "e",
                new Type.Optional(new Type.Map(ElementType.INT64, TensorType.parse("bool[N]")))));
    assertSurvives(Graph.of("types", inputs, List.of(Value.longs(1))));
  }

  @Test
  void namesDocumentStringsAndMetadata() {
    Value x =
        Node.of(
                new Leaf.Input("x", TensorType.parse("float32[]")),
                List.of(),
                1,
                new Node.Names(null, List.of(), "an image"),
                Location.UNKNOWN)
            .output();
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("pkg.torch.onnx.stack_trace", "line 1\nline 2");
    properties.put("namespace", "");
    Node.Names names = new Node.Names("node/1", List.of("h"), "über\n\"x\"", properties);
    Value h = Node.of(x.exp().op(), List.of(x), 1, names, Location.UNKNOWN).output();
    Map<String, String> metadata =
        Map.of(
            "author", "me",
            "onnx.graph.stage", "test",
            "onnx.model.doc_string", "a model",
            "onnx.model.domain", "org.example",
            "onnx.model.version", "7");
    Graph.Info info = new Graph.Info("a graph", metadata);
    Graph read = assertSurvives(Graph.of("g 1", List.of(x), List.of(h.neg())).withInfo(info));
    assertEquals(info, read.info());
    assertEquals("an image", read.inputs().get(0).node().names().docString());
    Node.Names kept = read.outputs().get(0).node().input(0).node().names();
    assertEquals(names, kept);
    assertEquals(List.copyOf(properties.keySet()), List.copyOf(kept.metadata().keySet()));
    Graph said = GraphText.parse(GraphText.print(read), "test");
    assertEquals(kept, said.outputs().get(0).node().input(0).node().names());
    assertEquals(Location.in("model.onnx", "node node/1"), read.nodes().get(1).at());
  }

  @Test
  void files(@TempDir Path folder) throws Exception {
    Graph graph = RandomGraphs.of(1);
    Path path = folder.resolve("new/folder/model.onnx");
    OnnxFile.write(graph, path);
    assertArrayEquals(OnnxFile.bytes(graph), Files.readAllBytes(path));
    assertEquals(Optional.empty(), GraphDifference.withNames(graph, OnnxFile.read(path)));
    ByteArrayInputStream stream = new ByteArrayInputStream(OnnxFile.bytes(graph));
    assertEquals(Optional.empty(), GraphDifference.withNames(graph, OnnxFile.read(stream, "s")));
  }
}
