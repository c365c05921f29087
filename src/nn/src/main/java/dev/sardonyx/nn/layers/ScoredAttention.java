package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Attention of one head without projections. It is called with {@code (query, value, key)}, keys
 * being the values where none are given: [batch, queries, width] and [batch, keys, width] become
 * [batch, queries, width]; by name with {@code use_causal_mask}, {@code return_attention_scores}
 * and {@code mask}, a list of one for queries and one for values.
 *
 * @param <L> the layer itself, which options return
 */
abstract class ScoredAttention<L extends ScoredAttention<L>> extends ArgumentLayer {
  private boolean useScale;
  private double dropout;
  private @Nullable Long seed;

  ScoredAttention(boolean useScale) {
    this.useScale = useScale;
  }

  abstract L self();

  /** Whether scores are scaled by a weight. */
  public L useScale(boolean use) {
    useScale = use;
    return self();
  }

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

  final boolean usesScale() {
    return useScale;
  }

  /** How much each query makes of each key: [batch, queries, keys]. */
  abstract Value scores(Call call, Value query, Value key);

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> given) {
    Arguments<Masked> arguments = withoutTrainingFlag(given);
    arguments.allow(this, Set.of("inputs", "mask", "return_attention_scores", "use_causal_mask"));
    List<Masked> inputs = inputs(arguments).stream().map(ScoredAttention::narrowed).toList();
    Masked query = inputs.get(0);
    Masked value = inputs.get(1);
    List<@Nullable Value> masks = masks(arguments, query, value);
    Value scores = scores(call, query.value(), inputs.get(inputs.size() - 1).value());
    boolean causal = arguments.flag(this, -1, "use_causal_mask", false);
    Value weights = masked(scores, masks.get(1), causal).softmax(-1);
    Value output = dropped(call, weights).matMul(value.value());
    Value q = masks.get(0);
    if (q != null) {
      output = q.cast(ElementType.BOOL).unsqueeze(-1).where(output, output.scalar(0));
    }
    List<Masked> results = new ArrayList<>(List.of(new Masked(output, q)));
    if (arguments.flag(this, -1, "return_attention_scores", false)) {
      results.add(Masked.of(weights));
    }
    return results;
  }

  // Keras's operations give float32 for float64, and so do these layers.
  private static Masked narrowed(Masked x) {
    return x.value().element() == ElementType.FLOAT64
        ? new Masked(x.value().cast(ElementType.FLOAT32), x.mask())
        : x;
  }

  /** A weight in the type of {@code scores}. */
  static Value weight(Call call, Weight weight, Value scores) {
    return call.weight(weight).cast(scores.element());
  }

  private List<Masked> inputs(Arguments<Masked> arguments) {
    List<Masked> inputs =
        arguments.get(0, "inputs") instanceof List<?>
            ? arguments.list(this, 0, "inputs")
            : arguments.positional().stream()
                .filter(Arguments.Place.class::isInstance)
                .map(place -> arguments.tensors().get(((Arguments.Place) place).index()))
                .toList();
    List<TensorType> types = inputs.stream().map(Masked::type).toList();
    if (inputs.size() < 2 || inputs.size() > 3) {
      throw refuse(
          "NN-015",
          "takes query and value, and may take a key, got " + inputs.size(),
          types,
          "apply it to two tensors or three");
    }
    types.forEach(type -> Axes.rankAtLeast(this, type, 2));
    return inputs;
  }

  private List<@Nullable Value> masks(Arguments<Masked> arguments, Masked query, Masked value) {
    Object given = arguments.get(-1, "mask");
    List<@Nullable Value> masks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Value own = (i == 0 ? query : value).mask();
      if (given instanceof List<?> list) {
        own = i < list.size() && list.get(i) instanceof Masked m ? m.value() : null;
      }
      masks.add(own);
    }
    return masks;
  }

  private static Value masked(Value scores, @Nullable Value keys, boolean causal) {
    int rank = scores.shape().rank();
    AttentionMask mask = new AttentionMask();
    if (keys != null) {
      mask.and(keys.shape().rank() == 2 || causal ? keys.unsqueeze(-2) : keys);
    }
    if (causal) {
      Value queries = AttentionMask.places(scores, rank - 2);
      mask.and(AttentionMask.causal(queries, AttentionMask.places(scores, rank - 1)));
    }
    Value seen = mask.value();
    double low = scores.element() == ElementType.FLOAT16 ? 65504 : 1e9;
    return seen == null ? scores : seen.where(scores, scores.sub(low));
  }

  private Value dropped(Call call, Value weights) {
    if (dropout == 0) {
      return weights;
    }
    Dropout layer = Dropout.dropout(dropout);
    layer.dtype(dtype());
    if (seed != null) {
      layer.seed(seed);
    }
    return call.apply("dropout", layer, List.of(weights)).get(0);
  }

  @Override
  protected boolean changesInTraining() {
    return dropout > 0;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    useScale = config.flag("use_scale", useScale);
    dropout = Allowed.fraction(this, "dropout", config.number("dropout", dropout));
    seed = config.optionalInteger("seed", seed);
  }
}
