package dev.sardonyx.nn.activations;

import dev.sardonyx.ir.Gated;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Config;
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

  static {
    STANDARD.put("swish", SILU);
    STANDARD.put("hard_swish", HARD_SILU);
  }

  private final String name;
  private final UnaryOperator<Value> function;

  private Activation(String name, UnaryOperator<Value> function) {
    this.name = name;
    this.function = function;
  }

  private static Activation standard(String name, UnaryOperator<Value> function) {
    Activation activation = new Activation(name, function);
    STANDARD.put(name, activation);
    return activation;
  }

  /** Your own function. A model that has one cannot be loaded from a file, only its weights. */
  public static Activation of(String name, UnaryOperator<Value> function) {
    return new Activation(name, function);
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
    String name = config.optionalText(key, value.name);
    return name == null ? LINEAR : name.equals(value.name) ? value : of(name);
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
