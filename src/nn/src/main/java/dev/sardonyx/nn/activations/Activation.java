package dev.sardonyx.nn.activations;

import dev.sardonyx.ir.Gated;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.layers.ActivationLayer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An activation function with Keras's name and defaults. Your own is {@code Activation.of("mine", x
 * -> …)}.
 */
public final class Activation {
  private static final Map<String, Activation> STANDARD = new LinkedHashMap<>();

  /** y = x. */
  public static final Activation LINEAR = standard("linear", x -> x);

  /** y = 1 / (1 + e⁻ˣ). */
  public static final Activation SIGMOID = standard("sigmoid", Value::sigmoid);

  /** y = tanh x. */
  public static final Activation TANH = standard("tanh", Value::tanh);

  /** y = max(x, 0). */
  public static final Activation RELU = standard("relu", Value::relu);

  /** y = x for x ≥ 0, else 0.2·x. The layer LeakyReLU has 0.3. */
  public static final Activation LEAKY_RELU = standard("leaky_relu", x -> x.leakyRelu(0.2f));

  /** y = x for x ≥ 0, else eˣ - 1. */
  public static final Activation ELU = standard("elu", x -> x.elu(1));

  /** Scaled ELU, Klambauer et al. 2017. */
  public static final Activation SELU = standard("selu", Value::selu);

  /** y = ln(1 + eˣ). */
  public static final Activation SOFTPLUS = standard("softplus", Value::softplus);

  /** y = x / (1 + |x|). */
  public static final Activation SOFTSIGN =
      standard("softsign", x -> Value.of(new dev.sardonyx.ir.Activation.Softsign(), x));

  /** y = eˣ. */
  public static final Activation EXPONENTIAL = standard("exponential", Value::exp);

  /** eˣ over its sum along the last axis. */
  public static final Activation SOFTMAX = standard("softmax", x -> x.softmax(-1));

  /** The logarithm of the softmax along the last axis. */
  public static final Activation LOG_SOFTMAX = standard("log_softmax", x -> x.logSoftmax(-1));

  /** y = min(max(x, 0), 6). */
  public static final Activation RELU6 = standard("relu6", x -> x.clip(0, 6));

  /** y = x / (1 + e⁻ˣ), also called swish. */
  public static final Activation SILU = standard("silu", x -> x.mul(x.sigmoid()));

  /** y = min(max(x / 6 + ½, 0), 1). */
  public static final Activation HARD_SIGMOID =
      standard(
          "hard_sigmoid",
          x -> Value.of(new dev.sardonyx.ir.Activation.HardSigmoid(1 / 6f, 0.5f), x));

  /** y = min(max(x / 5 + ½, 0), 1), which Keras 1 and 2 call hard_sigmoid; not in Keras 3. */
  public static final Activation KERAS2_HARD_SIGMOID =
      standard(
          "keras2_hard_sigmoid",
          x -> Value.of(new dev.sardonyx.ir.Activation.HardSigmoid(0.2f, 0.5f), x));

  /** x times its hard sigmoid, also called hard swish. */
  public static final Activation HARD_SILU =
      standard("hard_silu", x -> Value.of(new Gated.HardSwish(), x));

  /** y = x · tanh ln(1 + eˣ), Misra 2019. */
  public static final Activation MISH = standard("mish", x -> x.mul(x.softplus().tanh()));

  /** x times the normal distribution's share below it. */
  public static final Activation GELU =
      standard("gelu", x -> Value.of(new Gated.Gelu(Gated.Approximation.NONE), x));

  /** y = -ln(1 + e⁻ˣ). */
  public static final Activation LOG_SIGMOID =
      standard("log_sigmoid", x -> x.neg().softplus().neg());

  /** y = x - tanh x. */
  public static final Activation TANH_SHRINK = standard("tanh_shrink", x -> x.sub(x.tanh()));

  /** y = x for x ≥ 0, else eˣ - 1; CELU of alpha 1. Barron 2017. */
  public static final Activation CELU = standard("celu", x -> x.elu(1));

  /** The first half of the last axis times the sigmoid of the second. Dauphin et al. 2017. */
  public static final Activation GLU = standard("glu", Shrinking::glu);

  /** y = 0 for |x| ≤ ½, else x. */
  public static final Activation HARD_SHRINK =
      standard("hard_shrink", x -> x.abs().gt(0.5).where(x, x.scalar(0)));

  /** y = min(max(x, -1), 1). */
  public static final Activation HARD_TANH = standard("hard_tanh", x -> x.clip(-1, 1));

  /** y = 0 for |x| ≤ ½, else x moved by ½ towards 0. */
  public static final Activation SOFT_SHRINK =
      standard("soft_shrink", x -> x.sign().mul(x.abs().sub(0.5).relu()));

  /** y = 0 for x ≤ -1, x for x ≥ 1, else (x + 1)² / 4. */
  public static final Activation SPARSE_PLUS =
      standard("sparse_plus", x -> x.gt(1).where(x, x.clip(-1, 1).add(1).square().div(4)));

  /** y = 0 for x ≤ -1, 1 for x ≥ 1, else (x + 1) / 2. */
  public static final Activation SPARSE_SIGMOID =
      standard("sparse_sigmoid", x -> x.clip(-1, 1).add(1).div(2));

  /** y = (x + √(x² + 4)) / 2. */
  public static final Activation SQUAREPLUS =
      standard("squareplus", x -> x.add(x.square().add(4).sqrt()).div(2));

  /** The point of the simplex that is nearest to x, along the last axis. Martins 2016. */
  public static final Activation SPARSEMAX = standard("sparsemax", Shrinking::sparsemax);

  static {
    STANDARD.put("swish", SILU);
    STANDARD.put("hard_swish", HARD_SILU);
  }

  private final String name;
  private final UnaryOperator<Value> function;
  private final Object serialized;

  private Activation(String name, UnaryOperator<Value> function, Object serialized) {
    this.name = name;
    this.function = function;
    this.serialized = serialized;
  }

  private static Activation standard(String name, UnaryOperator<Value> function) {
    Activation activation = new Activation(name, function, name);
    STANDARD.put(name, activation);
    return activation;
  }

  /** Your own function. A model that has one cannot be loaded from a file, only its weights. */
  public static Activation of(String name, UnaryOperator<Value> function) {
    return new Activation(name, function, name);
  }

  /** A function that a file describes as {@code serialized}, an object of its own. */
  public static Activation of(String name, UnaryOperator<Value> function, Object serialized) {
    return new Activation(name, function, serialized);
  }

  /** The activation of Keras's {@code name}. */
  public static Activation of(String name) {
    Activation found = STANDARD.get(name);
    if (found == null) {
      throw new Diagnostic(
              "NN-032",
              "there is no activation called " + name,
              Location.current(),
              "activation: " + name,
              "the activations are " + STANDARD.keySet())
          .exception();
    }
    return found;
  }

  /** The option {@code key} of a layer. */
  public static Activation option(Config config, String key, Activation value) {
    Object given = config.json(key, value.serialized);
    if (given == null) {
      return LINEAR;
    }
    if (given.equals(value.serialized)) {
      return value;
    }
    Object name = isFunction(given) ? ((Map<?, ?>) given).get("config") : given;
    if (name instanceof String text) {
      return of(text);
    }
    // A layer in the place of a function; it must have no weights.
    ActivationLayer layer = config.object(key, ActivationLayer.class, null);
    return layer == null ? LINEAR : of(layer.className(), layer::activate, given);
  }

  /** {@code {"class_name": "function", "config": "relu"}}: a function by its name. */
  private static boolean isFunction(Object given) {
    return given instanceof Map<?, ?> map && "function".equals(map.get("class_name"));
  }

  public String name() {
    return name;
  }

  public Value apply(Value x) {
    return function.apply(x);
  }

  @Override
  public String toString() {
    return name;
  }
}
