package dev.sardonyx.nn;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.layers.Call;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Weight;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One replay of a model's layers as values of a graph, for inference or for training. */
final class Lowering implements Call {
  private final Function<Weight, Value> source;
  private final @Nullable RandomStream random;
  private final Map<Weight, Value> weights = new LinkedHashMap<>();
  private final Map<Weight, Value> updates = new LinkedHashMap<>();

  private final Map<Layer, List<Value>> made = new IdentityHashMap<>();
  private final List<Value> losses = new ArrayList<>();

  private Lowering(Function<Weight, Value> source, @Nullable RandomStream random) {
    this.source = source;
    this.random = random;
  }

  /** For inference; {@code source} makes a value of each weight, once. */
  static Lowering inference(Function<Weight, Value> source) {
    return new Lowering(source, null);
  }

  static Lowering training(Function<Weight, Value> source, RandomStream random) {
    return new Lowering(source, random);
  }

  /** The new values of weights that are not trained by gradients. */
  Map<Weight, Value> updates() {
    return updates;
  }

  /** What layers add to the loss. */
  List<Value> losses() {
    return losses;
  }

  /** What a layer gave, at each of its places in the model; nothing if there is no such layer. */
  List<Value> made(@Nullable Layer layer) {
    return layer == null ? List.of() : made.getOrDefault(layer, List.of());
  }

  /** Says what a layer gave. */
  void made(Layer layer, List<Value> results) {
    made.computeIfAbsent(layer, l -> new ArrayList<>()).addAll(results);
  }

  @Override
  public void addLoss(Value loss) {
    losses.add(loss);
  }

  @Override
  public boolean training() {
    return random != null;
  }

  @Override
  public Value weight(Weight weight) {
    return weights.computeIfAbsent(weight, source);
  }

  @Override
  public void update(Weight weight, Value newValue) {
    if (training()) {
      updates.put(weight, newValue);
      // A layer that is applied again in the same step goes on from there.
      weights.put(weight, newValue);
    }
  }

  @Override
  public Value uniformLike(Value like) {
    return random().uniformLike(like);
  }

  @Override
  public Value uniformLike(Value like, long seed) {
    return random().uniformLike(like, seed);
  }

  private RandomStream random() {
    if (random == null) {
      throw new IllegalStateException("random numbers are for training: ask call.training() first");
    }
    return random;
  }

  @Override
  public List<Value> apply(String name, Layer layer, List<Value> inputs) {
    return new ArrayList<>(layer.lower(this, inputs));
  }
}
