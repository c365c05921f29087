package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.LayerRows.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.nn.initializers.Ones;
import dev.sardonyx.nn.regularizers.L1;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options, types, weights and refusals of attention layers. */
class AttentionLayersTest {
  record Row(Layer layer, Map<String, Object> options) {
    @Override
    public String toString() {
      return layer.className() + " " + options.keySet();
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            MultiHeadAttention.multiHeadAttention(2, 3)
                .valueDim(4)
                .dropout(0.1)
                .useBias(false)
                .useGate(true)
                .outputShape(5, 6)
                .attentionAxes(1, 2)
                .slidingWindow(7L)
                .kernelInitializer(Ones.ones())
                .biasInitializer(Ones.ones())
                .kernelRegularizer(L1.l1(0.5))
                .seed(8),
            options(
                "num_heads",
                2L,
                "key_dim",
                3L,
                "value_dim",
                4L,
                "dropout",
                0.1,
                "use_bias",
                false,
                "use_gate",
                true,
                "output_shape",
                List.of(5L, 6L),
                "attention_axes",
                List.of(1L, 2L),
                "sliding_window",
                7L,
                "kernel_initializer",
                Ones.ones().serialize(),
                "bias_initializer",
                Ones.ones().serialize(),
                "kernel_regularizer",
                L1.l1(0.5).serialize(),
                "seed",
                8L)),
        new Row(
            GroupQueryAttention.groupQueryAttention(3, 4, 2).useGate(true),
            options(
                "head_dim", 3L,
                "num_query_heads", 4L,
                "num_key_value_heads", 2L,
                "use_gate", true)),
        new Row(
            Attention.attention()
                .useScale(true)
                .scoreMode(Attention.ScoreMode.CONCAT)
                .dropout(0.5)
                .seed(2),
            options("use_scale", true, "score_mode", "concat", "dropout", 0.5, "seed", 2L)),
        new Row(
            AdditiveAttention.additiveAttention().useScale(false), options("use_scale", false)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void writtenAndReadBack(Row row) {
    LayerRows.writtenAndReadBack(row.layer(), row.options());
  }

  @Test
  void typesAndWeights() {
    MultiHeadAttention heads = MultiHeadAttention.multiHeadAttention(2, 3).valueDim(4);
    assertEquals("float32[N,T,6]", LayerRows.results(heads, "[T,6]", "[S,5]"));
    assertEquals(
        "{query_dense/kernel=float32[6,2,3], query_dense/bias=float32[2,3],"
            + " key_dense/kernel=float32[5,2,3], key_dense/bias=float32[2,3],"
            + " value_dense/kernel=float32[5,2,4], value_dense/bias=float32[2,4],"
            + " output_dense/kernel=float32[2,4,6], output_dense/bias=float32[6]}",
        LayerRows.weights(heads).toString());
    GroupQueryAttention groups =
        GroupQueryAttention.groupQueryAttention(3, 4, 2).useBias(false).useGate(true);
    assertEquals("float32[N,T,6]", LayerRows.results(groups, "[T,6]", "[S,6]"));
    assertEquals(
        "{_query_dense/kernel=float32[6,4,3], _key_dense/kernel=float32[6,2,3],"
            + " _gate_dense/kernel=float32[6,4,3], _value_dense/kernel=float32[6,2,3],"
            + " _output_dense/kernel=float32[4,3,6]}",
        LayerRows.weights(groups).toString());
    assertEquals(
        "float32[N,3,4,5,6]",
        LayerRows.results(
            MultiHeadAttention.multiHeadAttention(2, 3).attentionAxes(-2).outputShape(5, 6),
            "[3,4,7]",
            "[3,8,7]"));
    assertEquals(
        "float32[N,4,7]", LayerRows.results(Attention.attention(), "[4,6]", "[5,7]", "[5,6]"));
    AdditiveAttention additive = AdditiveAttention.additiveAttention();
    assertEquals("float32[N,4,6]", LayerRows.results(additive, "[4,6]", "[5,6]"));
    assertEquals("{scale=float32[6]}", LayerRows.weights(additive).toString());
  }

  @Test
  void scoresAreAResultOnRequest() {
    Input q = Input.input(Shape.of(4, 6));
    Input v = Input.input(Shape.of(5, 6));
    List<SymbolicTensor> results =
        MultiHeadAttention.multiHeadAttention(2, 3)
            .apply(
                Arguments.<SymbolicTensor>of(List.of(q, v)).with("return_attention_scores", true));
    assertEquals("float32[N,2,4,5]", results.get(1).type().toString());
  }

  private static void refused(String code, Runnable made) {
    DiagnosticException e = assertThrows(DiagnosticException.class, made::run);
    assertEquals(code, e.diagnostic().code());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused("NN-006", () -> GroupQueryAttention.groupQueryAttention(3, 4, 3));
    refused("NN-015", () -> LayerRows.results(Attention.attention(), "[4,6]"));
    refused(
        "NN-033", () -> LayerRows.results(MultiHeadAttention.multiHeadAttention(2, 3), "[4,6]"));
    Input x = Input.input(Shape.of(5, 3));
    Input mask = Input.input(Shape.of(4, 3));
    refused(
        "NN-019",
        () ->
            Softmax.softmax()
                .apply(
                    Arguments.<SymbolicTensor>of(List.of(x)).withTensors("mask", List.of(mask))));
  }
}
