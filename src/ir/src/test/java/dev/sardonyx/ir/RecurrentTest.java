package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.types;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Recurrent.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecurrentTest {
  private static Op lstm(Direction direction, @Nullable Long hidden, long layout) {
    List<Float> none = List.of();
    return new Recurrent.LSTM(none, none, List.of(), null, direction, hidden, false, layout);
  }

  private static Op rnn(String... activations) {
    List<Float> none = List.of();
    return new Recurrent.RNN(
        none, none, List.of(activations), null, Direction.BIDIRECTIONAL, null, 0);
  }

  @Test
  void layersGiveAllHiddenStatesAndTheLast() {
    assertEquals(
        List.of("float32[T,1,N,4]", "float32[1,N,4]", "float32[1,N,4]"),
        types(
            lstm(Direction.REVERSE, null, 0),
            x("float32[T,N,3]"),
            x("float32[1,16,3]"),
            x("float32[1,16,4]")));
    assertEquals(
        List.of("float32[N,T,2,4]", "float32[N,2,4]", "float32[N,2,4]"),
        types(
            lstm(Direction.BIDIRECTIONAL, 4L, 1),
            x("float32[N,T,3]"),
            x("float32[*]"),
            x("float32[*]")));
  }

  @Test
  void weightsHoldAllGates() {
    Value input = x("float32[T,N,3]");
    assertRefused(
        "SHAPE-074",
        "LSTM cannot part the extent 15 of W among 4 gates",
        "weights and biases of all gates lie one after another, each of the hidden size",
        () ->
            Value.of(
                lstm(Direction.FORWARD, null, 0),
                input,
                x("float32[1,15,3]"),
                x("float32[1,16,4]")));
    assertRefused(
        "SHAPE-023",
        "LSTM needs the extents of R and the others to agree, got 5 and 4",
        "the two extents must be the same",
        () ->
            Value.of(
                lstm(Direction.FORWARD, 5L, 0), input, x("float32[1,16,3]"), x("float32[1,16,4]")));
    assertRefused(
        "SHAPE-070",
        "LSTM takes W of rank 3, got rank 2",
        "directions have an axis of their own, also where there is but one",
        () ->
            Value.of(
                lstm(Direction.FORWARD, 4L, 0), input, x("float32[16,3]"), x("float32[1,16,4]")));
  }

  @Test
  void activationsAreKnownByName() {
    Value input = x("float32[T,N,3]");
    Value w = x("float32[2,4,3]");
    Value r = x("float32[2,4,4]");
    assertEquals(
        List.of("float32[T,2,N,4]", "float32[2,N,4]"), types(rnn("relu", "Softsign"), input, w, r));
    assertRefused(
        "ATTR-062",
        "RNN has no activation called Gelu",
        "it has Relu, Tanh, Sigmoid, Affine, LeakyRelu, ThresholdedRelu, ScaledTanh, HardSigmoid,"
            + " Elu, Softsign and Softplus",
        () -> Value.of(rnn("Tanh", "Gelu"), input, w, r));
    assertRefused(
        "ATTR-062",
        "RNN has 1 activations for 2 direction(s)",
        "it takes 1 for each direction",
        () -> Value.of(rnn("Tanh"), input, w, r));
  }
}
