package dev.sardonyx.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.sardonyx.ir.Activation;
import dev.sardonyx.ir.Gated;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.proto.GraphProto;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A graph may be as deep as it is large. What is done to it here would take minutes if it were more
 * than linear in its size, and has a stack that a recursion of a thousandth of its depth would
 * fill.
 */
class DeepGraphTest {
  private static final int LINKS = 25_000;
  private static final int NODES = 4 * LINKS;
  private static final long STACK = 256 << 10;

  private static void onSmallStack(FutureTask<?> work) throws Exception {
    new Thread(null, work, "small stack", STACK).start();
    work.get();
  }

  /** Half of its nodes are about shapes. */
  private static byte[] chain() {
    GraphProto.Builder graph = Models.graph();
    String x = "x";
    for (int i = 0; i < LINKS; i++) {
      String y = i == LINKS - 1 ? "y" : "y" + i;
      graph
          .addNode(Models.node("Shape", List.of(x), List.of("s" + i)))
          .addNode(Models.node("HardSwish", List.of(x), List.of("h" + i)))
          .addNode(Models.node("Reshape", List.of("h" + i, "s" + i), List.of("r" + i)))
          .addNode(Models.node("Add", List.of("r" + i, x), List.of(y)));
      x = y;
    }
    graph
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(0)
        .setDimParam("N");
    return Models.model(graph).build().toByteArray();
  }

  @Test
  @Timeout(value = 90, unit = TimeUnit.SECONDS)
  void isReadInferredRewrittenAndWritten() throws Exception {
    byte[] file = chain();
    onSmallStack(
        new FutureTask<>(
            () -> {
              Graph graph = OnnxFile.read(file, "deep.onnx");
              assertEquals(NODES + 1, graph.nodes().size());
              assertEquals(TensorType.parse("float32[N]"), graph.outputs().get(0).type());

              Graph twice = OnnxFile.read(OnnxFile.bytes(graph), "deep.onnx");
              assertEquals(Optional.empty(), GraphDifference.withNames(graph, twice));

              Graph other = Rewriting.rewrite(graph, DeepGraphTest::reluForHardSwish);
              assertEquals(NODES + 1, other.nodes().size());
              assertEquals(TensorType.parse("float32[N]"), other.outputs().get(0).type());
              byte[] bytes = OnnxFile.bytes(other, Export.DEFAULT.withOpset(28));
              assertArrayEquals(
                  bytes,
                  OnnxFile.bytes(OnnxFile.read(bytes, "deep.onnx"), Export.DEFAULT.withOpset(28)));
              return null;
            }));
  }

  private static @Nullable List<Value> reluForHardSwish(Node node, List<@Nullable Value> inputs) {
    return node.op() instanceof Gated.HardSwish
        ? List.of(Value.of(new Activation.Relu(), inputs.get(0)))
        : null;
  }

  /** HardSwish is newer than opset 13: every one of them becomes other operators. */
  @Test
  @Timeout(value = 90, unit = TimeUnit.SECONDS)
  void isSaidInAnOlderOpset() throws Exception {
    byte[] file = chain();
    onSmallStack(
        new FutureTask<>(
            () -> {
              Graph graph = OnnxFile.read(file, "deep.onnx");
              byte[] bytes = OnnxFile.bytes(graph, Export.DEFAULT.withOpset(13));
              Graph older = OnnxFile.read(bytes, "older.onnx");
              assertEquals(graph.outputs().get(0).type(), older.outputs().get(0).type());
              return null;
            }));
  }

  @Test
  @Timeout(value = 90, unit = TimeUnit.SECONDS)
  void isPrintedAndParsed() throws Exception {
    byte[] file = chain();
    onSmallStack(
        new FutureTask<>(
            () -> {
              Graph graph = OnnxFile.read(file, "deep.onnx");
              Graph parsed = GraphText.parse(GraphText.print(graph), "test");
              assertNotNull(parsed);
              assertEquals(Optional.empty(), GraphDifference.withNames(graph, parsed));
              return null;
            }));
  }
}
