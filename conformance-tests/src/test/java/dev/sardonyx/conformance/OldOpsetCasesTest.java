package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.onnx.Opset;
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

  /** What the oldest opset that is written cannot say: these are written at their own. */
  private static final List<String> NEWER = List.of("DFT_17", "RoiAlign_16_shift");

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

  /** The way from an old opset to the oldest that is written and has the operator in this form. */
  @TestFactory
  Stream<DynamicTest> converted() {
    return CASES.stream()
        .map(c -> dynamicTest(name(c), () -> check(c, converted(c, OnnxFile.read(c.model())))));
  }

  private static Graph converted(OnnxCase c, Graph graph) {
    boolean newer = NEWER.stream().anyMatch(name(c)::startsWith);
    int opset = newer ? Integer.parseInt(name(c).split("_")[1]) : Opset.OLDEST_WRITTEN;
    return OnnxFile.read(OnnxFile.bytes(graph, Export.atOpset(opset)), "converted");
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
