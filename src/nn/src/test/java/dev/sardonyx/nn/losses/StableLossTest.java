package dev.sardonyx.nn.losses;

import static dev.sardonyx.nn.losses.BinaryCrossentropy.binaryCrossentropy;
import static dev.sardonyx.nn.losses.CategoricalCrossentropy.categoricalCrossentropy;
import static dev.sardonyx.nn.losses.SparseCategoricalCrossentropy.sparseCategoricalCrossentropy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.Evaluate;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** Where float32 rounds a probability to 0 or 1, losses and gradients stay right. */
class StableLossTest {
  private static final float[][] EXTREME = {{100, 0}, {0, -200}, {60, -60}};

  /** For labels 1, 0, 1. */
  private static final float[] LOSSES = {100, 0, 120};

  private static final float[] GRADIENTS = {1, -1, 0, 0, 1, -1};

  @Test
  void softmaxWithClassNumbers() {
    Tensor labels = Tensor.of(new long[] {1, 0, 1});
    check(
        LOSSES,
        GRADIENTS,
        labels,
        EXTREME,
        (y, x) -> values(sparseCategoricalCrossentropy(), y, x.softmax(-1)));
    check(
        LOSSES,
        GRADIENTS,
        labels,
        EXTREME,
        (y, x) -> values(sparseCategoricalCrossentropy().fromLogits(true), y, x));
  }

  @Test
  void softmaxWithOneHotRows() {
    Tensor rows = Tensor.of(new float[][] {{0, 1}, {1, 0}, {0, 1}});
    check(
        LOSSES,
        GRADIENTS,
        rows,
        EXTREME,
        (y, x) -> values(categoricalCrossentropy(), y, x.softmax(1)));
  }

  @Test
  void sigmoid() {
    Tensor answers = Tensor.of(new float[][] {{1}, {0}, {1}, {1}});
    float[][] logits = {{-80}, {50}, {50}, {0}};
    float[] losses = {80, 50, 0, (float) Math.log(2)};
    float[] gradients = {-1, 1, 0, -0.5f};
    check(
        losses, gradients, answers, logits, (y, x) -> values(binaryCrossentropy(), y, x.sigmoid()));
    check(
        losses,
        gradients,
        answers,
        logits,
        (y, x) -> values(binaryCrossentropy().fromLogits(true), y, x));
  }

  @Test
  void probabilitiesOfZeroAreClipped() {
    Tensor labels = Tensor.of(new long[] {1});
    float[] expected = {(float) -Math.log(1e-7)};
    check(
        expected,
        new float[] {0, 0},
        labels,
        new float[][] {{1, 0}},
        (y, p) -> values(sparseCategoricalCrossentropy(), y, p));
  }

  @Test
  void ignoredElementsCountForNothingEvenIfTheyAreNoNumbers() {
    Tensor labels = Tensor.of(new long[] {1, -1});
    float[][] logits = {{0, 0}, {Float.NaN, 3}};
    SparseCategoricalCrossentropy loss =
        sparseCategoricalCrossentropy().fromLogits(true).ignoreClass(-1L);
    // The mean is one over the only element that counts.
    check(
        new float[] {(float) Math.log(2)},
        new float[] {0.5f, -0.5f, 0, 0},
        labels,
        logits,
        (y, x) -> loss.apply(y, x, null));
  }

  private static Value values(Loss loss, Value yTrue, Value yPred) {
    return loss.values(yTrue, yPred);
  }

  private static void check(
      float[] losses,
      float[] gradients,
      Tensor targets,
      float[][] points,
      BinaryOperator<Value> loss) {
    Tensor at = Tensor.of(points);
    Value y = Value.input("y", targets.type());
    Value x = Value.input("x", at.type());
    Value value = loss.apply(y, x);
    Value gradient = Gradients.of(value).wrt(x).values().get(0);
    Graph graph =
        Graph.of("loss", List.of(y, x), List.of(value, gradient), List.of("loss", "gradient"));
    List<Tensor> results = Evaluate.run(graph, List.of(targets, at));
    assertArrayEquals(losses, results.get(0).toFloatArray(), 1e-4f);
    assertEquals(at.type(), results.get(1).type());
    assertArrayEquals(gradients, results.get(1).toFloatArray(), 1e-6f);
  }
}
