package dev.sardonyx.testkit;

import static dev.sardonyx.ir.Recurrent.Direction.BIDIRECTIONAL;
import static dev.sardonyx.ir.Recurrent.Direction.FORWARD;
import static dev.sardonyx.ir.Recurrent.Direction.REVERSE;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;

import dev.sardonyx.ir.Recurrent;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Recurrent}. */
final class RecurrentRows {
  private RecurrentRows() {}

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(rnn(FORWARD, 0, List.of("Tanh", "Tanh"), 4L))
            .inputs(f32(5, 2, 3), f32(1, 4, 3), f32(1, 4, 4)),
        OpCase.of(rnn(BIDIRECTIONAL, 1, List.of("Relu", "Affine"), 4L))
            .inputs(
                f32(2, 5, 3), f32(2, 4, 3), f32(2, 4, 4), f32(2, 8), lengths(5, 2), f32(2, 2, 4)),
        OpCase.of(gru(REVERSE, 0, false, 4L)).inputs(f32(5, 2, 3), f32(1, 12, 3), f32(1, 12, 4)),
        OpCase.of(gru(BIDIRECTIONAL, 1, true, 4L))
            .inputs(f32(2, 5, 3), f32(2, 12, 3), f32(2, 12, 4), f32(2, 24), null, f32(2, 2, 4)),
        OpCase.of(gru(FORWARD, 1, false, null))
            .inputs(f32(5, 2, 3), f32(1, 12, 3), f32(1, 12, 4))
            .fixedShapesOnly("the weights tell the hidden size"),
        OpCase.of(functions(true))
            .inputs(f32(5, 2, 3), f32(1, 16, 3), f32(1, 16, 4), f32(1, 32))
            .outputs(3)
            .note("no forget gate"),
        OpCase.of(functions(false))
            .inputs(
                f32(5, 2, 3),
                f32(1, 16, 3),
                f32(1, 16, 4),
                null,
                lengths(3, 5),
                null,
                null,
                f32(1, 12))
            .outputs(3)
            .note("peepholes"),
        OpCase.of(gru(REVERSE, 0, true, 4L))
            .inputs(f32(5, 2, 3), f32(1, 12, 3), f32(1, 12, 4), f32(1, 24), lengths(2, 5))
            .note("backwards over sequences of their own lengths"),
        OpCase.of(lstm(FORWARD, 0, 3L)).inputs(f32(5, 2, 3), f32(1, 12, 3), f32(1, 12, 3)),
        OpCase.of(lstm(BIDIRECTIONAL, 1, 4L))
            .inputs(
                f32(2, 5, 3),
                f32(2, 16, 3),
                f32(2, 16, 4),
                f32(2, 32),
                lengths(4, 5),
                f32(2, 2, 4),
                f32(2, 2, 4),
                f32(2, 12))
            .outputs(3));
  }

  private static OpCase.Source lengths(int... values) {
    return data(Tensor.of(values, values.length));
  }

  private static Recurrent rnn(
      Recurrent.Direction direction, long layout, List<String> functions, @Nullable Long hidden) {
    boolean affine = functions.contains("Affine");
    List<Float> alpha = affine ? List.of(0.5f) : List.of();
    List<Float> beta = affine ? List.of(0.1f) : List.of();
    return new Recurrent.RNN(alpha, beta, functions, null, direction, hidden, layout);
  }

  private static Recurrent gru(
      Recurrent.Direction direction, long layout, boolean linear, @Nullable Long hidden) {
    List<Float> none = List.of();
    return new Recurrent.GRU(none, none, List.of(), null, direction, hidden, layout, linear);
  }

  /** An LSTM with activations that have parameters. */
  private static Recurrent functions(boolean inputForget) {
    return new Recurrent.LSTM(
        List.of(0.3f, 0.2f),
        List.of(0.4f),
        List.of("HardSigmoid", "LeakyRelu", "Softsign"),
        null,
        FORWARD,
        4L,
        inputForget,
        0);
  }

  private static Recurrent lstm(Recurrent.Direction direction, long layout, @Nullable Long hidden) {
    List<Float> none = List.of();
    return new Recurrent.LSTM(none, none, List.of(), 3f, direction, hidden, false, layout);
  }
}
