package dev.sardonyx.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Quantizing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.ModelSummary;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.runtime.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gradients and train-step. */
class TrainingCommandsTest {
  @TempDir private Path folder;
  private Path model;
  private Path out;

  /** x · w + b for two features, one output. */
  @BeforeEach
  void write() {
    model = folder.resolve("net.onnx");
    out = folder.resolve("out");
    Value x = Value.input("x", TensorType.parse("float32[N,2]"));
    Value w = Value.parameter("w", Tensor.of(new float[] {1, 2}, 2, 1));
    Value b = Value.parameter("b", Tensor.of(new float[] {3}));
    Graph net = Graph.of("net", List.of(x), List.of(x.matMul(w).add(b)), List.of("y"));
    OnnxFile.write(net, model, Export.atOpset(15));
  }

  private static Tensor row(float... values) {
    return Tensor.of(values, 1, values.length);
  }

  @Test
  void gradientsOfEverything() {
    Console console = Console.run("gradients", model, "-o", out);
    assertEquals(
        List.of(
            out + ": opset 15",
            "  gradient(x): float32[N,2]",
            "  gradient(w): float32[2,1]",
            "  gradient(b): float32[1]"),
        console.out(),
        console::err);
    assertEquals(Map.of("ai.onnx", 15L), ModelSummary.read(out).opsets());
    try (Session session = Session.open(out)) {
      Map<String, Tensor> results = session.run(Map.of("x", row(5, 7), "cotangent(y)", row(10)));
      assertEquals(row(10, 20), results.get("gradient(x)"));
      assertEquals(Tensor.of(new float[] {50, 70}, 2, 1), results.get("gradient(w)"));
      assertEquals(Tensor.of(new float[] {10}), results.get("gradient(b)"));
    }
  }

  @Test
  void gradientsOfWhatIsAskedFor() {
    Console console =
        Console.run("gradients", model, "-o", out, "--wrt", "b,x", "--from", "y", "--forward");
    assertEquals(0, console.status(), console::err);
    assertEquals(List.of("y", "gradient(b)", "gradient(x)"), OnnxFile.read(out).outputNames());
  }

  @Test
  void gradientsForWhichValuesAreComputedAgain() {
    Console console = Console.run("gradients", model, "-o", out, "--recompute", "y");
    assertEquals(0, console.status(), console::err);
    assertTrue(hasBranch(out));
    try (Session session = Session.open(out)) {
      Map<String, Tensor> results = session.run(Map.of("x", row(5, 7), "cotangent(y)", row(10)));
      assertEquals(row(10, 20), results.get("gradient(x)"));
      assertEquals(Tensor.of(new float[] {50, 70}, 2, 1), results.get("gradient(w)"));
    }
    assertRefused(1, "GRAD-012", "gradients", model, "-o", out, "--force", "--recompute", "z");
  }

  private static boolean hasBranch(Path file) {
    return OnnxFile.read(file).nodes().stream().anyMatch(n -> n.op() instanceof ControlFlow.If);
  }

  /** y = w · (x, rounded to 255 steps of its range): as if it had not been rounded, dy/dx = w. */
  @Test
  void gradientsPassStraightThroughByChoice() {
    Value x = Value.input("x", TensorType.parse("float32[1,2]"));
    List<Value> q = Node.of(new Quantizing.DynamicQuantizeLinear(), List.of(x), 3).outputs();
    Value rounded = Value.of(new Quantizing.DequantizeLinear(), q.get(0), q.get(1), q.get(2));
    Value w = Value.parameter("w", Tensor.of(new float[] {1, 2}, 2, 1));
    OnnxFile.write(Graph.of("net", List.of(x), List.of(rounded.matMul(w)), List.of("y")), model);
    Object[] plain = {"gradients", model, "-o", out, "--wrt", "x"};
    Object[] straight = {
      "gradients", model, "-o", out, "--wrt", "x", "--force", "--straight-through"
    };
    assertEquals(0, Console.run(plain).status());
    Graph before = OnnxFile.read(out);
    assertEquals(0, Console.run(straight).status());
    try (Session session = Session.open(out)) {
      Tensor dx = session.run(Map.of("cotangent(y)", row(10), "x", row(3, 5))).get("gradient(x)");
      assertEquals(row(10, 20), dx);
    }
    assertTrue(GraphDifference.between(before, OnnxFile.read(out)).isPresent());
  }

  @Test
  void gradientsThatDoNotExistAreRefused() throws IOException {
    assertRefused(1, "GRAD-002", "gradients", model, "-o", out, "--wrt", "gone");
    assertRefused(1, "GRAD-010", "gradients", model, "-o", out, "--from", "gone");
    assertRefused(2, "CLI-003", "gradients", model);
    assertRefused(2, "CLI-005", "gradients", model, "-o", model, "--force");
    assertFalse(Files.exists(out));
    Files.writeString(out, "mine");
    assertRefused(2, "CLI-005", "gradients", model, "-o", out);
    assertEquals("mine", Files.readString(out));
    assertEquals(0, Console.run("gradients", model, "-o", out, "--force").status());
  }

  @Test
  void aStepOfTraining() {
    Console console =
        Console.run(
            "train-step",
            model,
            "--loss",
            "mse",
            "--optimizer",
            "sgd:learning_rate=0.25",
            "--metric",
            "mae",
            "-o",
            out);
    assertEquals("2 of 2 weights train", console.last(), console::err);
    try (Session session = Session.open(out.resolve("train_step.onnx"))) {
      assertEquals(
          Set.of("x", "target", "w", "b", "step", "learning_rate"), session.inputs().keySet());
      Map<String, Tensor> results =
          session.run(
              Map.of(
                  "x", row(1, 2),
                  "target", row(4),
                  "w", Tensor.of(new float[] {1, 2}, 2, 1),
                  "b", Tensor.of(new float[] {3}),
                  "step", Tensor.scalar(0L),
                  "learning_rate", Tensor.scalar(0.25f)));
      // y = 8, so the loss is 16 and its gradient 8: w moves by 2 x, b by 2.
      assertEquals(Tensor.scalar(16f), results.get("loss"));
      assertArrayEquals(new float[] {-1, -2}, results.get("w:new").toFloatArray());
      assertArrayEquals(new float[] {1}, results.get("b:new").toFloatArray());
      assertEquals(Tensor.scalar(1L), results.get("step:new"));
    }
    Graph gradients = OnnxFile.read(out.resolve("gradients.onnx"));
    assertEquals(List.of("loss", "gradient(w)", "gradient(b)"), gradients.outputNames());
  }

  @Test
  void aStepOfTrainingThatComputesValuesAgain() {
    Console console = Console.run(step("--recompute", "y", "--straight-through"));
    assertEquals("2 of 2 weights train", console.last(), console::err);
    assertTrue(hasBranch(out.resolve("train_step.onnx")));
    assertTrue(hasBranch(out.resolve("gradients.onnx")));
    assertFalse(hasBranch(out.resolve("eval_step.onnx")));
  }

  @Test
  void weightsAreChosenByName() {
    assertTrains("gradient(b)", "--wrt", "b*");
    assertTrains("gradient(w)", "--freeze", "b");
    assertRefused(2, "CLI-004", step("--freeze", "*"));
    assertRefused(1, "NN-025", step("--wrt", "kernel"));
  }

  private void assertTrains(String gradient, String... options) {
    Console console = Console.run(step(options));
    assertEquals("1 of 2 weights train", console.last(), console::err);
    assertEquals(
        List.of("loss", gradient), OnnxFile.read(out.resolve("gradients.onnx")).outputNames());
  }

  private Object[] step(String... options) {
    List<Object> all =
        new ArrayList<>(
            List.of("train-step", model, "--loss", "mse", "--optimizer", "adam", "-o", out));
    all.add("--force");
    all.addAll(List.of(options));
    return all.toArray();
  }

  @Test
  void stepsThatMeanNothingAreRefused() throws IOException {
    assertRefused(2, "CLI-003", "train-step", model, "-o", out, "--loss", "mse");
    assertRefused(
        1, "NN-032", "train-step", model, "-o", out, "--loss", "wish", "--optimizer", "adam");
    assertRefused(
        2, "CLI-004", "train-step", model, "-o", out, "--loss", "mse", "--optimizer", "adam:fast");
    assertRefused(
        1, "NN-003", "train-step", model, "-o", out, "--loss", "mse", "--optimizer", "adam:fast=1");
    assertFalse(Files.exists(out));
    Files.writeString(out, "mine");
    assertRefused(2, "CLI-005", step());
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Files.writeString(taken.resolve("train_step.onnx"), "mine");
    assertRefused(
        2, "CLI-005", "train-step", model, "-o", taken, "--loss", "mse", "--optimizer", "adam");
    assertEquals("mine", Files.readString(taken.resolve("train_step.onnx")));
  }

  private static void assertRefused(int status, String code, Object... arguments) {
    Console console = Console.run(arguments);
    assertEquals(status, console.status(), console::toString);
    assertTrue(console.err().startsWith("[" + code + "] "), console::toString);
    assertEquals(4, console.err().lines().count(), console::err);
  }
}
