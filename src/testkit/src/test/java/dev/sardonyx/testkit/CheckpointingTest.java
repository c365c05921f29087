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
    return Graph.of("network", inputs, Map.of("y", h.square().mean()));
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
}
