package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.DataFormat.CHANNELS_FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.nn.activations.Activation;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Constant;
import dev.sardonyx.nn.initializers.HeNormal;
import dev.sardonyx.nn.initializers.Ones;
import dev.sardonyx.nn.regularizers.L1;
import dev.sardonyx.nn.regularizers.L2;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option of every layer, under Keras's name, written and read back. */
class LayerConfigTest {
  record Row(Layer layer, Map<String, Object> options) {
    @Override
    public String toString() {
      return layer.className() + " " + options;
    }
  }

  private static final Map<String, Object> HE = HeNormal.heNormal().seed(3).serialize();
  private static final Map<String, Object> ONES = Ones.ones().serialize();
  private static final Map<String, Object> L1_HALF = L1.l1(0.5).serialize();
  private static final Map<String, Object> L2_HALF = L2.l2(0.5).serialize();

  static Stream<Row> rows() {
    return Stream.of(
        new Row(
            Dense.dense(7, Activation.TANH)
                .useBias(false)
                .kernelInitializer(HeNormal.heNormal().seed(3))
                .biasInitializer(Ones.ones())
                .kernelRegularizer(L1.l1(0.5))
                .biasRegularizer(L2.l2(0.5)),
            options(
                "units", 7L,
                "activation", "tanh",
                "use_bias", false,
                "kernel_initializer", HE,
                "bias_initializer", ONES,
                "kernel_regularizer", L1_HALF,
                "bias_regularizer", L2_HALF)),
        new Row(
            BatchNormalization.batchNormalization()
                .axis(1)
                .momentum(0.9)
                .epsilon(0.01)
                .center(false)
                .scale(false)
                .betaInitializer(Ones.ones())
                .gammaInitializer(HeNormal.heNormal().seed(3))
                .movingMeanInitializer(Ones.ones())
                .movingVarianceInitializer(Constant.constant(2))
                .betaRegularizer(L1.l1(0.5))
                .gammaRegularizer(L2.l2(0.5)),
            options(
                "axis",
                1L,
                "momentum",
                0.9,
                "epsilon",
                0.01,
                "center",
                false,
                "scale",
                false,
                "beta_initializer",
                ONES,
                "gamma_initializer",
                HE,
                "moving_mean_initializer",
                ONES,
                "moving_variance_initializer",
                Constant.constant(2).serialize(),
                "beta_regularizer",
                L1_HALF,
                "gamma_regularizer",
                L2_HALF)),
        new Row(dev.sardonyx.nn.layers.Activation.activation("elu"), options("activation", "elu")),
        new Row(
            ReLU.relu().maxValue(6).negativeSlope(0.1).threshold(0.5),
            options("max_value", 6.0, "negative_slope", 0.1, "threshold", 0.5)),
        new Row(LeakyReLU.leakyRelu(0.1), options("negative_slope", 0.1)),
        new Row(ELU.elu(0.5), options("alpha", 0.5)),
        new Row(Softmax.softmax(1), options("axis", 1L)),
        new Row(Softmax.softmax(1, 2), options("axis", List.of(1L, 2L))),
        new Row(Maxout.maxout(4).axis(1), options("num_units", 4L, "axis", 1L)),
        new Row(Dropout.dropout(0.25).seed(9), options("rate", 0.25, "seed", 9L)),
        new Row(
            Flatten.flatten().dataFormat(CHANNELS_FIRST), options("data_format", "channels_first")),
        new Row(Reshape.reshape(2, -1), options("target_shape", List.of(2L, -1L))),
        new Row(Concatenate.concatenate(1), options("axis", 1L)),
        new Row(Add.add(), options("dtype", "float32")),
        new Row(
            Add.add().named("sum").trainable(false), options("name", "sum", "trainable", false)));
  }

  private static Map<String, Object> options(Object... keysAndValues) {
    Map<String, Object> options = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return options;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void writtenAndReadBack(Row row) {
    Map<String, Object> config = row.layer().config();
    row.options().forEach((key, value) -> assertEquals(value, config.get(key), key));
    Layer read = Config.create(Layer.class, "layer", row.layer().serialize());
    assertEquals(row.layer().getClass(), read.getClass());
    assertEquals(config, read.config());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void unknownOptionsAreRefused(Row row) {
    Map<String, Object> config = new LinkedHashMap<>(row.layer().config());
    config.put("colour", "red");
    Map<String, Object> serialized =
        Map.of("class_name", row.layer().className(), "config", config);
    DiagnosticException refused =
        assertThrows(
            DiagnosticException.class, () -> Config.create(Layer.class, "layer", serialized));
    assertEquals("NN-003", refused.diagnostic().code());
    assertEquals(row.layer().className() + " has no option colour", refused.diagnostic().message());
  }

  /** Single numbers stand for both axes, lists of one for their element, null for the default. */
  @Test
  void kerasShortForms() {
    assertEquals(
        List.of(5L, 5L),
        create("Conv2D", Map.of("filters", 1, "kernel_size", 5)).config().get("kernel_size"));
    assertEquals(
        -1L, create("BatchNormalization", Map.of("axis", List.of(-1))).config().get("axis"));
    Map<String, Object> dense = new LinkedHashMap<>();
    dense.put("units", 1);
    dense.put("kernel_initializer", null);
    dense.put("activation", null);
    Map<String, Object> read = create("Dense", dense).config();
    assertTrue(read.get("kernel_initializer").toString().contains("GlorotUniform"));
    assertEquals("linear", read.get("activation"));
  }

  private static Layer create(String className, Map<String, Object> config) {
    return Config.create(Layer.class, "layer", Map.of("class_name", className, "config", config));
  }
}
