package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.compiler.Checkpointing;
import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Activation;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Random;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that are computed again are computed indeed, and change no bit of a gradient. */
class CheckpointingTest {
  private static final int LAYERS = 12;

  /** y = tanh(x W₀) …, every third with what came before it added: {@code h0} … by name. */
  private static Graph network(String batch) {
    List<Value> inputs = new ArrayList<>();
    inputs.add(Value.input("x", TensorType.parse("float32[" + batch + ",5]")));
    Value h = inputs.get(0);
    for (int i = 0; i < LAYERS; i++) {
      Value w = Value.input("w" + i, TensorType.parse("float32[5,5]"));
      inputs.add(w);
      Value next = h.matMul(w).tanh();
      h = (i % 3 == 2 ? next.add(h) : next).named("h" + i);
    }
    return Graph.of("network", inputs, Map.of("y", h.add(inputs.get(0)).square().mean()));
  }

  private static Graph gradients(Graph graph, Checkpointing choice) {
    Graph gradients =
        Gradients.of(graph)
            .with(Map.of("y", graph.output("y").onesLike()))
            .checkpointing(choice)
            .forward(true)
            .graph();
    return Pipeline.training(g -> Evaluate.run(g, List.of())).run(gradients);
  }

  private static List<Tensor> data(Graph graph) {
    SplittableRandom random = new SplittableRandom(7);
    List<Tensor> data = new ArrayList<>();
    for (Value input : graph.inputs()) {
      boolean x = ((Leaf.Input) input.op()).name().equals("x");
      float[] numbers = new float[x ? 4 * 5 : 25];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) random.nextDouble(-1, 1);
      }
      data.add(Tensor.of(numbers).reshape(x ? 4 : 5, 5));
    }
    return data;
  }

  private static long count(Graph graph, Class<?> op) {
    return Walk.everywhere(graph).stream().filter(n -> op.isInstance(n.op())).count();
  }

  static Stream<Checkpointing> choices() {
    return Stream.of(
        Checkpointing.automatic(),
        Checkpointing.segments(2),
        Checkpointing.segments(LAYERS),
        Checkpointing.after("h3"),
        Checkpointing.after("h0", "h4", "h5", "h10"),
        Checkpointing.after("y"));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void gradientsAreTheSameToTheBit(Checkpointing choice) {
    for (String batch : List.of("4", "N")) {
      Graph graph = network(batch);
      Graph plain = gradients(graph, Checkpointing.none());
      Graph again = gradients(graph, choice);
      assertEquals(0, count(plain, ControlFlow.If.class));
      assertTrue(count(again, ControlFlow.If.class) > 0, () -> GraphText.print(again));
      assertTrue(
          count(again, Activation.Tanh.class) > count(plain, Activation.Tanh.class),
          () -> GraphText.print(again));
      assertEquals(plain.outputNames(), again.outputNames());
      List<Tensor> expected = Evaluate.run(plain, data(graph));
      List<Tensor> got = Evaluate.run(again, data(graph));
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(
            expected.get(i).toFloatArray(), got.get(i).toFloatArray(), plain.outputNames().get(i));
      }
    }
  }

  @Test
  void everyChoiceIsReadAsItIsWritten() {
    for (String text : List.of("none", "auto", "7", "h1", "h1,h2", "12,", "auto,")) {
      assertEquals(text, Checkpointing.parse(text).toString());
    }
    assertThrows(IllegalArgumentException.class, () -> Checkpointing.segments(0));
  }

  @Test
  void aNameThatIsNotOnTheWayIsRefused() {
    Checkpointing choice = Checkpointing.after("h1", "elsewhere");
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> gradients(network("N"), choice));
    assertEquals("GRAD-012", e.diagnostic().code());
    assertTrue(e.getMessage().contains("elsewhere"), e::getMessage);
  }

  /**
   * exp(exp(sin x)): the derivative by a value inside a segment, and behind it, is that of chains.
   */
  @Test
  void valuesInsideASegmentHaveGradientsToo() {
    Value x = Value.input("x", TensorType.parse("float32[3]"));
    Value a = x.sin();
    Value b = a.exp();
    Value y = b.exp();
    Gradients asked = Gradients.of(y, b).wrt(x, a, b, y);
    List<Value> again = asked.checkpointing(Checkpointing.after(b)).values();
    Tensor at = Tensor.of(new float[] {0, 0.5f, -2});
    List<Tensor> expected = Evaluate.run(Graph.of("g", List.of(x), asked.values()), List.of(at));
    Graph graph = Graph.of("g", List.of(x), again);
    assertEquals(1, count(graph, ControlFlow.If.class));
    assertEquals(expected, Evaluate.run(graph, List.of(at)));
    // At 0: a = 0, b = 1, y = e; dy/db + db/db = e + 1, by a the same, by x the same.
    assertEquals(Math.E + 1, expected.get(0).getDouble(0), 1e-6);
  }

  /** The gradient of a gradient through what is computed again. */
  @Test
  void gradientsOfSuchGradientsAreRight() {
    Value x = Value.input("x", TensorType.parse("float64[2]"));
    Value a = x.sin();
    Value y = a.mul(a).exp();
    Gradients first = Gradients.of(y).wrt(x);
    Value once = first.checkpointing(Checkpointing.after(a)).values().get(0);
    Value plain = Gradients.of(first.values().get(0)).wrt(x).values().get(0);
    Value twice = Gradients.of(once).wrt(x).values().get(0);
    Graph graph = Graph.of("g", List.of(x), List.of(plain, twice));
    List<Tensor> results = Evaluate.run(graph, List.of(Tensor.of(new double[] {0.3, -1.2})));
    // y'' of exp(sin² x) is y (sin² 2x + 2 cos 2x).
    double y0 = Math.exp(Math.pow(Math.sin(0.3), 2));
    double second = y0 * (Math.pow(Math.sin(0.6), 2) + 2 * Math.cos(0.6));
    assertEquals(second, results.get(0).getDouble(0), 1e-12);
    assertArrayEquals(results.get(0).toDoubleArray(), results.get(1).toDoubleArray(), 1e-12);
  }

  /** dy/dx is the mask that the forward run drew, and not another. */
  @Test
  void chanceIsNotTriedAgain() {
    Value x = Value.input("x", TensorType.parse("float32[1000]"));
    Value mask = Value.of(new Random.RandomUniformLike(null, 1, 0, null), x.sin());
    Value y = x.mul(mask).named("y");
    Value z = y.mul(3).mul(mask);
    Value dx = Gradients.of(z).wrt(x).checkpointing(Checkpointing.after("y")).values().get(0);
    Graph graph = Graph.of("g", List.of(x), List.of(z, dx));
    assertEquals(
        1,
        count(graph, Random.RandomUniformLike.class),
        () -> GraphText.print(graph).replaceAll("base64.*", ""));
    assertEquals(
        1,
        count(graph, ControlFlow.If.class),
        () -> GraphText.print(graph).replaceAll("base64.*", ""));
    List<Tensor> results = Evaluate.run(graph, List.of(Tensor.full(x.element(), 1, 1000)));
    assertEquals(results.get(0), results.get(1));
  }

  @Test
  void whatDependsOnNoInputIsNotComputedAgain() {
    Value w = Value.parameter("w", Tensor.of(new float[] {1, 2}));
    Value a = w.sin();
    Value dw = Gradients.of(a.exp()).wrt(w).checkpointing(Checkpointing.after(a)).values().get(0);
    assertEquals(0, count(Graph.of("g", List.of(), List.of(dw)), ControlFlow.If.class));
  }
}
