package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.activations.Activation;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.regularizers.Regularizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Attention of several heads whose queries, keys and values are projected first, and the result
 * last. It is called with {@code (query, value, key)}, keys being the values where none are given;
 * by name with {@code attention_mask} [batch, queries, keys], {@code value_mask}, {@code key_mask},
 * {@code use_causal_mask} and {@code return_attention_scores}. The masks that the tensors carry
 * count as well.
 *
 * @param <L> the layer itself, which options return
 */
abstract class ProjectedAttention<L extends ProjectedAttention<L>> extends ArgumentLayer {
  private static final List<String> PLACES =
      List.of(
          "query",
          "value",
          "key",
          "query_mask",
          "value_mask",
          "key_mask",
          "attention_mask",
          "return_attention_scores",
          "training",
          "use_causal_mask");

  private final ProjectionOptions projections = new ProjectionOptions();
  private final Map<String, Layer> parts = new LinkedHashMap<>();
  private double dropout;
  private boolean useGate;
  private @Nullable Long slidingWindow;
  private @Nullable Long seed;

  abstract L self();

  /** The part of the scores that training drops, in [0, 1]; 0 by default. */
  public L dropout(double rate) {
    dropout = Allowed.fraction(this, "dropout", rate);
    return self();
  }

  /** Draws what is dropped with this seed in the place of the model's. */
  public L seed(long newSeed) {
    seed = newSeed;
    return self();
  }

  /** Whether projections add biases; they do by default. */
  public L useBias(boolean use) {
    projections.useBias = use;
    return self();
  }

  /** Whether the result is multiplied by the sigmoid of another projection of the queries. */
  public L useGate(boolean use) {
    useGate = use;
    return self();
  }

  /** Lets queries see only keys fewer than {@code window} places away; null, all keys. */
  public L slidingWindow(@Nullable Long window) {
    slidingWindow = window == null ? null : Allowed.atLeast(1, this, "sliding_window", window);
    return self();
  }

  /** How the kernels begin: Glorot uniform by default. */
  public L kernelInitializer(Initializer initializer) {
    projections.kernelInitializer = initializer;
    return self();
  }

  /** How the biases begin: with zeros by default. */
  public L biasInitializer(Initializer initializer) {
    projections.biasInitializer = initializer;
    return self();
  }

  /** A penalty on each kernel; there is none by default. */
  public L kernelRegularizer(@Nullable Regularizer regularizer) {
    projections.kernelRegularizer = regularizer;
    return self();
  }

  /** A penalty on each bias; there is none by default. */
  public L biasRegularizer(@Nullable Regularizer regularizer) {
    projections.biasRegularizer = regularizer;
    return self();
  }

  /** A penalty on the result of each projection; there is none by default. */
  public L activityRegularizer(@Nullable Regularizer regularizer) {
    projections.activityRegularizer = regularizer;
    return self();
  }

  /** What the kernels are projected onto after every step; nothing by default. */
  public L kernelConstraint(@Nullable Constraint constraint) {
    projections.kernelConstraint = constraint;
    return self();
  }

  /** What the biases are projected onto after every step; nothing by default. */
  public L biasConstraint(@Nullable Constraint constraint) {
    projections.biasConstraint = constraint;
    return self();
  }

  /** Makes the projections by {@link #project}, in Keras's order. */
  abstract void project(TensorType query, TensorType value, TensorType key);

  /** What stands before the names of parts in Keras's weight files. */
  abstract String prefix();

  /** Along which axes queries look for keys, counted from the front. */
  abstract List<Integer> axes(int rank);

  /** How wide a key is. */
  abstract long keyWidth();

  /** Keys or values, one for each head of the queries. */
  abstract Value spread(Value projected);

  /** Whether a mask by the name of {@code query_mask} counts; Keras looks at its tensor's alone. */
  abstract boolean takesQueryMask();

  /** Makes one projection, unless it is the gate and there is none. */
  final void project(String name, TensorType input, int bound, long... outputs) {
    boolean gate = name.equals("gate");
    if (!gate || useGate) {
      Projection made =
          new Projection(
              projections, bound, gate ? Activation.SIGMOID : Activation.LINEAR, outputs);
      made.dtype(dtype());
      made.trainable(isTrainable());
      made.named(name.equals("output") ? "attention_output" : name);
      made.ensureBuilt(List.of(input));
      // Only the gate's is not a public attribute in Keras.
      parts.put((gate ? "_" : prefix()) + name + "_dense", made);
    }
  }

  @Override
  protected void buildWith(Arguments<TensorType> arguments) {
    TensorType query = arguments.tensor(this, 0, "query");
    TensorType value = arguments.tensor(this, 1, "value");
    TensorType key = arguments.optional(this, 2, "key");
    Axes.rankAtLeast(this, query, 3);
    project(query, value, key == null ? value : key);
  }

  private Value apply(Call call, String name, Value x) {
    String part = (name.equals("gate") ? "_" : prefix()) + name + "_dense";
    return call.apply(part, parts.get(part), List.of(x)).get(0);
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> given) {
    Arguments<Masked> arguments = withoutTrainingFlag(given);
    arguments.allow(this, Set.copyOf(PLACES));
    Masked query = arguments.tensor(this, 0, "query");
    Masked value = arguments.tensor(this, 1, "value");
    Masked key = arguments.optional(this, 2, "key");
    boolean returnScores = arguments.flag(this, 7, PLACES.get(7), false);
    Value mask = mask(arguments, query, value, key);
    Value q = apply(call, "query", query.value());
    Value k = spread(apply(call, "key", (key == null ? value : key).value()));
    Value v = spread(apply(call, "value", value.value()));
    boolean fused = dropout == 0 && !returnScores && q.shape().rank() == 4;
    Heads heads = new Heads(this, axes(q.shape().rank()), 1 / Math.sqrt(keyWidth()), fused);
    Heads.Result result = heads.attend(q, k, v, mask, dropping(call));
    Value output = result.output();
    Value gated = useGate ? output.mul(apply(call, "gate", query.value())) : output;
    List<Masked> results = new ArrayList<>();
    results.add(new Masked(apply(call, "output", gated), query.mask()));
    if (returnScores) {
      results.add(Masked.of(result.scores()));
    }
    return results;
  }

  private @Nullable Value mask(
      Arguments<Masked> arguments, Masked query, Masked value, @Nullable Masked key) {
    AttentionMask mask = new AttentionMask();
    Value q = explicit(arguments, 3);
    mask.queries(takesQueryMask() && q != null ? q : query.mask());
    Value v = explicit(arguments, 4);
    mask.keys(v != null ? v : value.mask());
    Value k = explicit(arguments, 5);
    mask.keys(k != null || key == null ? k : key.mask());
    Value queries = AttentionMask.places(query.value(), 1);
    Value keys = AttentionMask.places(value.value(), 1);
    if (arguments.flag(this, 9, PLACES.get(9), false)) {
      mask.and(AttentionMask.causal(queries, keys));
    }
    if (slidingWindow != null) {
      mask.and(AttentionMask.near(queries, keys, slidingWindow));
    }
    mask.and(explicit(arguments, 6));
    return mask.value();
  }

  private @Nullable Value explicit(Arguments<Masked> arguments, int place) {
    Masked given = arguments.optional(this, place, PLACES.get(place));
    return given == null ? null : given.value();
  }

  private UnaryOperator<Value> dropping(Call call) {
    if (dropout == 0) {
      return x -> x;
    }
    Dropout layer = Dropout.dropout(dropout);
    layer.dtype(dtype());
    if (seed != null) {
      layer.seed(seed);
    }
    return x -> call.apply("dropout", layer, List.of(x)).get(0);
  }

  @Override
  protected boolean changesInTraining() {
    return dropout > 0;
  }

  @Override
  public Map<String, Layer> parts() {
    return parts;
  }

  @Override
  public Layer trainable(boolean isTrainable) {
    parts.values().forEach(part -> part.trainable(isTrainable));
    return super.trainable(isTrainable);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    dropout = Allowed.fraction(this, "dropout", config.number("dropout", dropout));
    useGate = config.flag("use_gate", useGate);
    slidingWindow(config.optionalInteger("sliding_window", slidingWindow));
    projections.configure(config);
    seed = config.optionalInteger("seed", seed);
  }
}
