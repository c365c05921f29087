package dev.sardonyx.ir.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.RandomGraphs;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {
  private static Graph assertSurvives(Graph graph) {
    String text = GraphText.print(graph);
    Graph parsed = GraphText.parse(text, "test");
    assertEquals(Optional.empty(), GraphDifference.withNames(graph, parsed), text);
    assertEquals(text, GraphText.print(parsed));
    return parsed;
  }

  @Test
  void randomGraphs() {
    for (long seed = 0; seed < 300; seed++) {
      assertSurvives(RandomGraphs.of(seed));
    }
  }

  @Test
  void theTextIsAsDescribed() {
    Value x = Value.input("x", TensorType.parse("float32[N,2]"));
    Value w = Value.parameter("w", Tensor.of(new float[] {1, -0.5f}));
    Value b = Value.parameter("layer/b", Tensor.scalar(ElementType.FLOAT64, 1e-7), false);
    Value h = x.mul(w).leakyRelu(0.2f).named("h");
    Value y = h.clip(0, 6).add(Value.scalar(ElementType.FLOAT32, Double.NaN));
    Graph graph = Graph.of("layer", List.of(x), List.of(y, b), List.of("y", "b out"));
    assertEquals(
        """
        graph layer(x: float32[N,2]) {
          param w: float32[2] = [1.0, -0.5]
          %1 = Mul(x, w) : float32[N,2]
          h = LeakyRelu<alpha=0.2>(%1) : float32[N,2]
          %2 = Clip(h, 0.0, 6.0) : float32[N,2]
          %3 = Add(%2, nan) : float32[N,2]
          frozen "layer/b": float64[] = 1e-7
          return y = %3, "b out" = "layer/b"
        }
        """,
        GraphText.print(graph));
    assertSurvives(graph);
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void dataOfEveryType(ElementType element) {
    List<Value> outputs = new ArrayList<>();
    for (long[] dims : new long[][] {{}, {1}, {3}, {2, 5}, {0}, {4, 25}, {3, 0, 2}}) {
      for (boolean wild : new boolean[] {false, true}) {
        Tensor tensor = wild ? random(element, dims) : tame(element, dims);
        outputs.add(Value.constant(tensor));
        outputs.add(Value.parameter("p" + outputs.size(), tensor, wild));
      }
    }
    Graph parsed = assertSurvives(Graph.of("g", List.of(), outputs));
    for (int i = 0; i < outputs.size(); i += 2) {
      assertEquals(outputs.get(i).constant(), parsed.outputs().get(i).constant());
    }
  }

  private static int count(long[] dims) {
    int count = 1;
    for (long dim : dims) {
      count *= (int) dim;
    }
    return count;
  }

  /** Any bits at all: NaNs with payloads, numbers next to the limits, booleans above one. */
  private static Tensor random(ElementType element, long[] dims) {
    Random random = new Random(element.code());
    int n = count(dims);
    if (element == ElementType.STRING) {
      List<String> strings = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        strings.add("\"\\\n\u2028é\uD83D\uDE00\u0000" + (char) random.nextInt(0x10000));
      }
      return Tensor.ofStrings(strings, new long[] {n}).reshape(dims);
    }
    byte[] bytes = new byte[(int) element.bytesFor(n)];
    random.nextBytes(bytes);
    return Tensor.wrap(element, dims, ByteBuffer.wrap(bytes));
  }

  private static Tensor tame(ElementType element, long[] dims) {
    if (element == ElementType.STRING) {
      return Tensor.ofStrings(Collections.nCopies(count(dims), "a"), count(dims)).reshape(dims);
    }
    byte[] bytes = new byte[(int) element.bytesFor(count(dims))];
    Arrays.fill(bytes, (byte) 1);
    return Tensor.wrap(element, dims, ByteBuffer.wrap(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      floats = {0.1f, 1, -1e9f, 1.17549435E-38f, 1.4E-45f, 3.4028235E38f, 16777216f, 2e23f})
  void floatsAreShortAndExact(float value) {
    String text = Decimals.of(value);
    assertEquals(Float.floatToRawIntBits(value), Float.floatToRawIntBits(Decimals.toFloat(text)));
    assertTrue(text.length() <= Float.toString(value).length(), text);
    assertTrue(Decimals.isFloat(text), text);
  }

  @Test
  void typesOfEveryKind() {
    Dim odd = Dim.symbol("batch size").times(2).plus(Dim.symbol("N*(H-1)"));
    Dim quoted = Dim.symbol("a\"]\\b\n");
    Dim window = Dim.symbol("W").minus(3).floorDiv(2).plus(1).max(Dim.symbol("3d"));
    List<Value> inputs =
        List.of(
            Value.input("a", TensorType.of(ElementType.FLOAT16, odd, quoted, window, Dim.UNKNOWN)),
            Value.input("b", new TensorType(ElementType.INT4, Shape.UNRANKED)),
            Value.input("c", new Type.Sequence(TensorType.parse("string[]"))),
            Value.input(
                "d",
                new Type.Optional(new Type.Map(ElementType.INT64, TensorType.parse("bool[N]")))));
    assertSurvives(Graph.of("types", inputs, List.of(Value.longs(1))));
  }

  @Test
  void aNameThatTwoValuesHave() {
    Value x = Value.input("x", TensorType.parse("float32[]"));
    Value first = x.exp().named("x");
    Value second = first.neg().named("h");
    Value third = second.abs().named("h");
    Graph parsed = assertSurvives(Graph.of("g", List.of(x), List.of(third), List.of("h")));
    assertEquals("h", parsed.outputs().get(0).name());
    assertEquals("h", parsed.outputs().get(0).node().input(0).name());
    assertEquals("x", parsed.outputs().get(0).node().input(0).node().input(0).name());
  }

  @Test
  void aConstantUsedTwiceStaysOne() {
    Value two = Value.scalar(ElementType.FLOAT32, 2);
    Value x = Value.input("x", TensorType.parse("float32[]"));
    Graph parsed = assertSurvives(Graph.of("g", List.of(x), List.of(x.mul(two).add(two))));
    assertEquals(1, parsed.nodes().stream().filter(n -> n.op() instanceof Leaf.Constant).count());
  }

  @Test
  void documentStringsAndMetadata() {
    Node.Names names = new Node.Names("node/1", List.of("h"), "über\n\"x\"");
    Value x =
        Node.of(
                new Leaf.Input("x", TensorType.parse("float32[]")),
                List.of(),
                1,
                new Node.Names(null, List.of(), "an image"),
                Location.UNKNOWN)
            .output();
    Value y = Node.of(x.exp().op(), List.of(x), 1, names, Location.UNKNOWN).output();
    Graph.Info info = new Graph.Info("all of it", Map.of("author", "\u0000\\u0041"));
    Graph graph = Graph.of("g", List.of(x), List.of(y)).withInfo(info);
    Graph parsed = assertSurvives(graph);
    assertEquals(info, parsed.info());
    assertEquals(names, parsed.outputs().get(0).node().names());
    assertEquals("an image", parsed.inputs().get(0).node().names().docString());
  }

  @Test
  void twentyThousandNodesDeep() {
    Value x = Value.input("x", TensorType.parse("float32[N]"));
    Value y = x;
    for (int i = 0; i < 20_000; i++) {
      y = y.relu();
    }
    assertSurvives(Graph.of("deep", List.of(x), List.of(y)));
  }

  @Test
  void locationsAreLinesOfTheText() {
    Graph graph =
        GraphText.parse(
            "graph g(x: float32[]) {\n  // halved\n\n  y = Mul(x, 0.5)\n  return y = y\n}",
            "t.txt");
    assertEquals(new Location("t.txt", 4, ""), graph.outputs().get(0).node().at());
  }
}
