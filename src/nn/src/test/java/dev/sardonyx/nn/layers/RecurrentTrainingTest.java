package dev.sardonyx.nn.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.activations.Activation;
import dev.sardonyx.nn.losses.MeanSquaredError;
import dev.sardonyx.nn.optimizers.SGD;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dropout of recurrent and attention layers is drawn in training, from the model's seed. */
class RecurrentTrainingTest {
  private static final Tensor X =
      Tensor.of(floats(IntStream.range(0, 24).mapToDouble(i -> Math.sin(i)).toArray()), 2, 4, 3);
  private static final Tensor Y = Tensor.of(new float[] {1, -1, 0.5f, 2}, 2, 2);

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    IntStream.range(0, values.length).forEach(i -> floats[i] = (float) values[i]);
    return floats;
  }

  static Stream<List<Supplier<RecurrentLayer<?>>>> layers() {
    return Stream.of(
        List.of(() -> SimpleRNN.simpleRNN(2), () -> SimpleRNN.simpleRNN(2).dropout(0.5)),
        List.of(() -> SimpleRNN.simpleRNN(2), () -> SimpleRNN.simpleRNN(2).recurrentDropout(0.5)),
        List.of(() -> GRU.gru(2), () -> GRU.gru(2).dropout(0.5)),
        List.of(
            () -> GRU.gru(2).resetAfter(false),
            () -> GRU.gru(2).resetAfter(false).dropout(0.5).recurrentDropout(0.5)),
        List.of(() -> LSTM.lstm(2), () -> LSTM.lstm(2).dropout(0.5).recurrentDropout(0.5)),
        List.of(
            () -> LSTM.lstm(2).activation(Activation.ELU),
            () -> LSTM.lstm(2).activation(Activation.ELU).recurrentDropout(0.5)));
  }

  private static List<Double> losses(RecurrentLayer<?> layer) {
    Input x = Input.input(Shape.of(4, 3));
    try (Model model = Model.of(x, layer.apply(Masking.masking().apply(x)))) {
      model.seed(5);
      model.compile(SGD.sgd(0.1), MeanSquaredError.meanSquaredError());
      return Stream.of(1, 2, 3).map(i -> model.trainOnBatch(X, Y).get("loss")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void droppingTrainsAndRepeats(List<Supplier<RecurrentLayer<?>>> pair) {
    List<Double> plain = losses(pair.get(0).get());
    List<Double> dropped = losses(pair.get(1).get());
    assertEquals(dropped, losses(pair.get(1).get()));
    assertNotEquals(plain, dropped);
    for (List<Double> losses : Arrays.asList(plain, dropped)) {
      losses.forEach(loss -> assertEquals(true, Double.isFinite(loss)));
    }
  }
}
