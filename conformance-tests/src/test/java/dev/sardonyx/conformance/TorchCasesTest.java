package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.compiler.Evaluator;
import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.testkit.Evaluate;
import dev.sardonyx.testkit.OnnxCase;
import dev.sardonyx.testkit.Tolerance;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Models that PyTorch exported, held to PyTorch's own outputs and gradients. */
class TorchCasesTest {
  private static final Evaluator EVALUATOR = graph -> Evaluate.run(graph, List.of());
  private static final List<OnnxCase> CASES = OnnxCase.in(root());

  private static Path root() {
    try {
      return Path.of(
          Objects.requireNonNull(TorchCasesTest.class.getResource("/cases/torch")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thereAreCases() {
    assertTrue(CASES.size() >= 50, "only " + CASES.size() + " cases");
  }

  @TestFactory
  Stream<DynamicTest> outputs() {
    return CASES.stream().map(c -> dynamicTest(name(c), () -> checkOutputs(c)));
  }

  @TestFactory
  Stream<DynamicTest> gradients() {
    return CASES.stream()
        .filter(OnnxCase::hasGradients)
        .map(c -> dynamicTest(name(c), () -> checkGradients(c)));
  }

  private static String name(OnnxCase c) {
    return c.folder().getFileName().toString();
  }

  private static void checkOutputs(OnnxCase c) throws IOException {
    Tolerance tolerance = tolerance(c, "rtol", "atol");
    Graph graph = OnnxFile.read(c.model());
    for (Graph each : List.of(graph, Pipeline.inference(EVALUATOR).run(graph))) {
      List<Tensor> results = Evaluate.run(each, c.inputs());
      List<Tensor> expected = c.outputs();
      for (int i = 0; i < expected.size(); i++) {
        tolerance.check("output " + i, expected.get(i), results.get(i));
      }
    }
  }

  private static void checkGradients(OnnxCase c) throws IOException {
    Tolerance tolerance = tolerance(c, "gradient_rtol", "gradient_atol");
    Graph graph = OnnxFile.read(c.model());
    Map<String, Tensor> expected = c.gradients();
    Graph gradients = Gradients.of(graph, List.copyOf(expected.keySet()));
    Map<String, Tensor> feeds = new LinkedHashMap<>(Evaluate.byName(graph, c.point()));
    c.cotangents().forEach((name, tensor) -> feeds.put("cotangent(" + name + ")", tensor));
    for (Graph each : List.of(gradients, Pipeline.training(EVALUATOR).run(gradients))) {
      Map<String, Tensor> results = Evaluate.run(each, feeds);
      expected.forEach(
          (name, tensor) ->
              tolerance.check("gradient " + name, tensor, results.get("gradient(" + name + ")")));
    }
  }

  private static Tolerance tolerance(OnnxCase c, String relative, String absolute)
      throws IOException {
    Map<String, Object> notes = JSON.std.mapFrom(c.folder().resolve("case.json").toFile());
    Tolerance standard = Tolerance.STANDARD;
    return new Tolerance(
        ((Number) notes.getOrDefault(relative, standard.relative())).doubleValue(),
        ((Number) notes.getOrDefault(absolute, standard.absolute())).doubleValue());
  }
}
