package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.LayerRows.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.activations.Activation;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Ones;
import dev.sardonyx.nn.regularizers.L1;
import dev.sardonyx.nn.regularizers.L2;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options, types, weights and refusals of recurrent layers, and cells of one's own. */
class RecurrentLayersTest {
  record Row(Layer layer, Map<String, Object> options) {
    @Override
    public String toString() {
      return layer.className() + " " + options.keySet();
    }
  }

  private static <L extends RecurrentLayer<L>> L all(L layer) {
    return layer
        .returnSequences(true)
        .returnState(true)
        .goBackwards(true)
        .stateful(true)
        .unroll(true)
        .zeroOutputForMask(true)
        .activityRegularizer(L1.l1(0.5));
  }

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            all(
                SimpleRNN.simpleRNN(3, Activation.RELU)
                    .useBias(false)
                    .kernelInitializer(Ones.ones())
                    .recurrentInitializer(Ones.ones())
                    .biasInitializer(Ones.ones())
                    .kernelRegularizer(L1.l1(0.5))
                    .recurrentRegularizer(L2.l2(0.5))
                    .biasRegularizer(L1.l1(0.5))
                    .dropout(0.1)
                    .recurrentDropout(0.2)
                    .seed(4)),
            options(
                "units",
                3L,
                "activation",
                "relu",
                "use_bias",
                false,
                "kernel_initializer",
                Ones.ones().serialize(),
                "recurrent_initializer",
                Ones.ones().serialize(),
                "bias_initializer",
                Ones.ones().serialize(),
                "kernel_regularizer",
                L1.l1(0.5).serialize(),
                "recurrent_regularizer",
                L2.l2(0.5).serialize(),
                "bias_regularizer",
                L1.l1(0.5).serialize(),
                "activity_regularizer",
                L1.l1(0.5).serialize(),
                "dropout",
                0.1,
                "recurrent_dropout",
                0.2,
                "seed",
                4L,
                "return_sequences",
                true,
                "return_state",
                true,
                "go_backwards",
                true,
                "stateful",
                true,
                "unroll",
                true,
                "zero_output_for_mask",
                true)),
        new Row(
            GRU.gru(3).resetAfter(false).recurrentActivation(Activation.HARD_SIGMOID),
            options("units", 3L, "reset_after", false, "recurrent_activation", "hard_sigmoid")),
        new Row(
            LSTM.lstm(3).unitForgetBias(false).recurrentActivation(Activation.RELU),
            options("units", 3L, "unit_forget_bias", false, "recurrent_activation", "relu")),
        new Row(SimpleRNNCell.simpleRNNCell(2).dropout(0.5), options("units", 2L, "dropout", 0.5)),
        new Row(GRUCell.gruCell(2).resetAfter(false), options("reset_after", false)),
        new Row(LSTMCell.lstmCell(2).unitForgetBias(false), options("unit_forget_bias", false)),
        new Row(
            RNN.rnn(LSTMCell.lstmCell(2), GRUCell.gruCell(3)).named("stack"),
            options("name", "stack", "return_state", false)),
        new Row(
            Bidirectional.bidirectional(GRU.gru(2)).mergeMode("ave"), options("merge_mode", "ave")),
        new Row(
            TimeDistributed.timeDistributed(Dense.dense(2)),
            options("layer", Dense.dense(2).serialize())),
        new Row(
            ConvLSTM2D.convLSTM2D(4, 3, 2)
                .strides(2, 1)
                .padding(Padding.SAME)
                .dataFormat(DataFormat.CHANNELS_FIRST)
                .unitForgetBias(false),
            options(
                "filters",
                4L,
                "kernel_size",
                List.of(3L, 2L),
                "strides",
                List.of(2L, 1L),
                "padding",
                "same",
                "data_format",
                "channels_first",
                "dilation_rate",
                List.of(1L, 1L),
                "unit_forget_bias",
                false)),
        new Row(ConvLSTM1D.convLSTM1D(4, 3).dilationRate(2), options("dilation_rate", List.of(2L))),
        new Row(ConvLSTM3D.convLSTM3D(4, 3), options("kernel_size", List.of(3L, 3L, 3L))),
        new Row(
            Embedding.embedding(9, 4).maskZero(true).embeddingsInitializer(Ones.ones()),
            options(
                "input_dim",
                9L,
                "output_dim",
                4L,
                "mask_zero",
                true,
                "embeddings_initializer",
                Ones.ones().serialize())),
        new Row(Masking.masking(-1), options("mask_value", -1.0)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void writtenAndReadBack(Row row) {
    LayerRows.writtenAndReadBack(row.layer(), row.options());
  }

  record Typed(Layer layer, String input, String results, String weights) {}

  static Stream<Typed> typed() {
    return Stream.of(
        new Typed(
            SimpleRNN.simpleRNN(3),
            "[T,2]",
            "float32[N,3]",
            "{cell/kernel=float32[2,3], cell/recurrent_kernel=float32[3,3], cell/bias=float32[3]}"),
        new Typed(
            GRU.gru(3).returnSequences(true),
            "[T,2]",
            "float32[N,T,3]",
            "{cell/kernel=float32[2,9], cell/recurrent_kernel=float32[3,9],"
                + " cell/bias=float32[2,9]}"),
        new Typed(
            LSTM.lstm(3).useBias(false).returnState(true).activation(Activation.ELU),
            "[5,2]",
            "float32[N,3] float32[N,3] float32[N,3]",
            "{cell/kernel=float32[2,12], cell/recurrent_kernel=float32[3,12]}"),
        new Typed(
            RNN.rnn(SimpleRNNCell.simpleRNNCell(4), SimpleRNNCell.simpleRNNCell(3))
                .returnSequences(true),
            "[T,2]",
            "float32[N,T,3]",
            "{cell/cells/simple_rnn_cell/kernel=float32[2,4],"
                + " cell/cells/simple_rnn_cell/recurrent_kernel=float32[4,4],"
                + " cell/cells/simple_rnn_cell/bias=float32[4],"
                + " cell/cells/simple_rnn_cell_1/kernel=float32[4,3],"
                + " cell/cells/simple_rnn_cell_1/recurrent_kernel=float32[3,3],"
                + " cell/cells/simple_rnn_cell_1/bias=float32[3]}"),
        new Typed(
            Bidirectional.bidirectional(SimpleRNN.simpleRNN(1).useBias(false).returnState(true)),
            "[T,2]",
            "float32[N,2] float32[N,1] float32[N,1]",
            "{forward_layer/cell/kernel=float32[2,1],"
                + " forward_layer/cell/recurrent_kernel=float32[1,1],"
                + " backward_layer/cell/kernel=float32[2,1],"
                + " backward_layer/cell/recurrent_kernel=float32[1,1]}"),
        new Typed(
            TimeDistributed.timeDistributed(Conv2D.conv2d(3, 2).useBias(false)),
            "[T,5,4,2]",
            "float32[N,T,4,3,3]",
            "{layer/kernel=float32[2,2,2,3]}"),
        new Typed(
            ConvLSTM1D.convLSTM1D(3, 2).useBias(false).returnSequences(true).strides(2),
            "[T,7,2]",
            "float32[N,T,3,3]",
            "{cell/kernel=float32[2,2,12], cell/recurrent_kernel=float32[2,3,12]}"),
        new Typed(Embedding.embedding(9, 4), "[T]", "float32[N,T,4]", "{embeddings=float32[9,4]}"),
        new Typed(Masking.masking(), "[T,4]", "float32[N,T,4]", "{}"));
  }

  @ParameterizedTest
  @MethodSource("typed")
  void typesAndWeights(Typed row) {
    assertEquals(row.results(), LayerRows.results(row.layer(), row.input()));
    assertEquals(row.weights(), LayerRows.weights(row.layer()).toString());
  }

  /** The forget gate's bias begins with ones, the others with zeros. */
  @Test
  void forgetGatesBeginOpen() {
    LSTM lstm = LSTM.lstm(2);
    LayerRows.results(lstm, "[3,1]");
    Weight bias = lstm.cell().weights().get(2);
    assertEquals(
        Tensor.of(new float[] {0, 0, 1, 1, 0, 0, 0, 0}, 8),
        bias.value(() -> new SplittableRandom(1)));
  }

  /** Adds up its inputs, and doubles the output. */
  private static final class Sum extends RecurrentCell {
    @Override
    public List<Long> stateSize() {
      return List.of(2L);
    }

    @Override
    protected List<Value> step(Call call, Value x, List<Value> states) {
      Value sum = x.add(states.get(0));
      return List.of(sum.mul(2), sum);
    }
  }

  private static Tensor predicted(Layer layer) {
    Input x = Input.input(Shape.of(3, 2));
    try (Model model = Model.of(x, layer.apply(x))) {
      Tensor given = Tensor.of(new float[] {1, 10, 0, 0, 2, 20}, 1, 3, 2);
      return model.predict(given);
    }
  }

  @Test
  void cellsOfOnesOwn() {
    assertEquals(
        Tensor.of(new float[] {2, 20, 2, 20, 6, 60}, 1, 3, 2),
        predicted(RNN.rnn(new Sum()).returnSequences(true)));
    assertEquals(
        Tensor.of(new float[] {6, 60}, 1, 2), predicted(RNN.rnn(new Sum()).goBackwards(true)));
  }

  private static void refused(String code, String part, Supplier<?> made) {
    DiagnosticException e = assertThrows(DiagnosticException.class, made::get);
    assertEquals(code, e.diagnostic().code());
    String message = e.diagnostic().message();
    assertTrue(message.contains(part), message);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    refused("NN-012", "needs inputs of 3 axes", () -> LayerRows.results(GRU.gru(2), "[2,3,4]"));
    refused(
        "NN-015",
        "takes 2 initial states, got 1",
        () -> LayerRows.results(LSTM.lstm(2), "[3,4]", "[2]"));
    refused("NN-014", "axis 0", () -> LayerRows.results(GRU.gru(2).stateful(true), "[3,4]"));
    refused("NN-006", "copied", () -> Bidirectional.bidirectional(RNN.rnn(new Sum())));
    refused("NN-006", "go_backwards", () -> Bidirectional.bidirectional(GRU.gru(2), GRU.gru(2)));
    refused("NN-006", "merge_mode", () -> Bidirectional.bidirectional(GRU.gru(2)).mergeMode("max"));
    refused(
        "NN-006",
        "a recurrent cell",
        () ->
            Config.create(
                Layer.class,
                "layer",
                Map.of("class_name", "RNN", "config", Map.of("cell", Dense.dense(1).serialize()))));
    refused("NN-014", "axis 1", () -> LayerRows.results(ConvLSTM1D.convLSTM1D(1, 2), "[3,W,1]"));
  }
}
