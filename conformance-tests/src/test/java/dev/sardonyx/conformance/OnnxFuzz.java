package dev.sardonyx.conformance;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.Limits;
import dev.sardonyx.onnx.OnnxFile;
import java.util.Optional;

/**
 * What is fuzzed: the reader, inference and the converter.
 *
 * <p>Any bytes give a graph or one refusal of four lines. A graph that was read can be written at
 * any opset, or is refused, and what was written reads back as the same graph.
 */
public final class OnnxFuzz {
  private static final int[] OPSETS = {13, 18, 26};

  /** Small, for what a limit allows takes its time, and more so under a fuzzer's instruments. */
  private static final Limits LIMITS =
      Limits.DEFAULT.withInlinedNodes(2_000).withRereadNodes(2_000).withDenseBytes(1 << 20);

  private OnnxFuzz() {}

  /** Called by Jazzer with bytes of its choice. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Graph graph;
    try {
      graph = OnnxFile.read(bytes.clone(), "fuzz.onnx", LIMITS);
    } catch (DiagnosticException e) {
      requireFourLines(e);
      return;
    }
    for (int opset : OPSETS) {
      convert(graph, opset);
    }
  }

  private static void convert(Graph graph, int opset) {
    byte[] written;
    try {
      written = OnnxFile.bytes(graph, Export.atOpset(opset));
    } catch (DiagnosticException e) {
      requireFourLines(e);
      return;
    }
    Graph back = OnnxFile.read(written, "written.onnx");
    if (opset == Export.DEFAULT.opset()) {
      requireFixedPoint(written, back);
    }
  }

  /** What we write is in our own form: writing it again changes nothing. */
  private static void requireFixedPoint(byte[] written, Graph back) {
    Graph again = OnnxFile.read(OnnxFile.bytes(back), "again.onnx");
    Optional<String> difference = GraphDifference.withNames(back, again);
    if (difference.isPresent()) {
      throw new AssertionError(written.length + " bytes: " + difference.get());
    }
  }

  private static void requireFourLines(DiagnosticException e) {
    if (e.getMessage().split("\n", -1).length != 4) {
      throw new AssertionError("not four lines: " + e.getMessage(), e);
    }
  }
}
