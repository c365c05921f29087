package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.testkit.Evaluate;
import dev.sardonyx.testkit.OnnxCase;
import dev.sardonyx.testkit.Tolerance;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Models whose operators have forms that they no longer have, held to what the documentation of
 * those versions says and to ONNX Runtime.
 */
class OldOpsetCasesTest {
  private static final List<OnnxCase> CASES = OnnxCase.in(root());

  private static Path root() {
    try {
      return Path.of(
          Objects.requireNonNull(OldOpsetCasesTest.class.getResource("/cases/onnx_old")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thereAreCases() {
    assertTrue(CASES.size() >= 240, "only " + CASES.size() + " cases");
  }

  @TestFactory
  Stream<DynamicTest> read() {
    return CASES.stream().map(c -> dynamicTest(name(c), () -> check(c, OnnxFile.read(c.model()))));
  }

  /** The way from an old opset to the oldest that is written. */
  @TestFactory
  Stream<DynamicTest> converted() {
    return CASES.stream()
        .filter(c -> !name(c).startsWith("DFT_"))
        .map(c -> dynamicTest(name(c), () -> check(c, converted(OnnxFile.read(c.model())))));
  }

  private static Graph converted(Graph graph) {
    return OnnxFile.read(OnnxFile.bytes(graph, Export.atOpset(13)), "converted");
  }

  private static String name(OnnxCase c) {
    return c.folder().getFileName().toString();
  }

  private static void check(OnnxCase c, Graph graph) {
    List<Tensor> results = Evaluate.run(graph, c.inputs());
    List<Tensor> expected = c.outputs();
    for (int i = 0; i < expected.size(); i++) {
      Tolerance.STANDARD.check("output " + i, expected.get(i), results.get(i));
    }
  }
}
