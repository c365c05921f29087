package dev.sardonyx.conformance;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.AttributeProto.AttributeType;
import dev.sardonyx.proto.GraphProto;
import dev.sardonyx.proto.ModelProto;
import dev.sardonyx.proto.NodeProto;
import dev.sardonyx.proto.OperatorSetIdProto;
import dev.sardonyx.proto.ValueInfoProto;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.runtime.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models that are in order and ask for more time or memory than there is. They are refused when
 * they run, and the reference of errors shows how.
 */
class HostileRunsTest {
  private static final int FLOAT = 1;
  private static final int LONG = 7;
  private static final int BOOL = 9;

  @TempDir Path folder;

  private interface Run {
    void on(Session session);
  }

  private void check(String row, GraphProto.Builder graph, Run run) throws IOException {
    Path file =
        Files.write(
            folder.resolve("model.onnx"),
            ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(18))
                .setGraph(graph.setName("g"))
                .build()
                .toByteArray());
    try (Session session = Session.open(file, SessionOptions.defaults().withIntraOpThreads(1))) {
      DiagnosticException e =
          assertTimeoutPreemptively(
              Duration.ofSeconds(60),
              () -> assertThrows(DiagnosticException.class, () -> run.on(session)));
      String shown =
          e.getMessage()
              .replace(folder + "/", "")
              .replaceAll("HostileRunsTest.java:\\d+", "Digits.java:12");
      assertEquals(4, shown.split("\n", -1).length, shown);
      String block = "```\n# row " + row + "\n" + shown + "\n```";
      assertTrue(
          ErrorReferenceTest.REFERENCE.contains(block),
          () -> "docs/errors.md does not show\n" + block);
    }
  }

  private static ValueInfoProto info(String name, int element, long... dims) {
    ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName(name);
    var tensor = info.getTypeBuilder().getTensorTypeBuilder().setElemType(element);
    tensor.getShapeBuilder();
    for (long dim : dims) {
      tensor.getShapeBuilder().addDimBuilder().setDimValue(dim);
    }
    return info.build();
  }

  private static NodeProto.Builder node(String type, List<String> inputs, String output) {
    return NodeProto.newBuilder().setOpType(type).addAllInput(inputs).addOutput(output);
  }

  @Test
  void aLoopThatNeverEnds() throws IOException {
    GraphProto.Builder body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(info("i", LONG))
            .addInput(info("go", BOOL))
            .addInput(info("state", FLOAT))
            .addNode(node("Identity", List.of("go"), "on"))
            .addNode(node("Neg", List.of("state"), "next"))
            .addOutput(info("on", BOOL))
            .addOutput(info("next", FLOAT));
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInput(info("turns", LONG))
            .addInput(info("x", FLOAT))
            .addNode(
                node("Loop", List.of("turns", "", "x"), "y")
                    .addAttribute(
                        AttributeProto.newBuilder()
                            .setName("body")
                            .setType(AttributeType.GRAPH)
                            .setG(body)))
            .addOutput(info("y", FLOAT));
    Map<String, Tensor> inputs =
        Map.of("turns", Tensor.scalar(1L << 62), "x", Tensor.of(new float[] {1}).reshape());
    check("30", graph, session -> session.run(inputs, List.of("y"), Duration.ofSeconds(1)));
  }

  /** Tile makes 1 TB, Expand more than a process can address. */
  @Test
  void tensorsLargerThanMemory() throws IOException {
    check("30 (Tile)", enlarging("Tile"), session -> session.run(enlarged(1L << 28)));
    check("30 (Expand)", enlarging("Expand"), session -> session.run(enlarged(1L << 50)));
  }

  private static Map<String, Tensor> enlarged(long times) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    inputs.put("x", Tensor.zeros(FLOAT32, 1, 1024));
    inputs.put("times", Tensor.of(new long[] {times, 1}));
    return inputs;
  }

  private static GraphProto.Builder enlarging(String type) {
    return GraphProto.newBuilder()
        .addInput(info("times", LONG, 2))
        .addInput(info("x", FLOAT, 1, 1024))
        .addNode(node(type, List.of("x", "times"), "large"))
        .addNode(
            node("ReduceMax", List.of("large"), "y")
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("keepdims")
                        .setType(AttributeType.INT)
                        .setI(0)))
        .addOutput(info("y", FLOAT));
  }
}
