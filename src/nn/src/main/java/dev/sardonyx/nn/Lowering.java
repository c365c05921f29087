package dev.sardonyx.nn;

import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Call;
import dev.sardonyx.nn.layers.JavaLayer;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Masked;
import dev.sardonyx.nn.layers.State;
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
  private final Map<State, Value> states = new LinkedHashMap<>();
  private final Map<State, Value> kept = new LinkedHashMap<>();
  private final List<JavaStep> javaSteps = new ArrayList<>();

  /** A layer that runs in Java, on inputs of the graph or results of others. */
  record JavaStep(JavaLayer layer, List<Value> inputs, Value result) {}

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

  /** The inputs that stand for states, in the order in which layers asked for them. */
  Map<State, Value> states() {
    return states;
  }

  /** What becomes of the states. */
  Map<State, Value> kept() {
    return kept;
  }

  /** What runs in Java in front of the graph. */
  List<JavaStep> javaSteps() {
    return javaSteps;
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
  public Value variable(Weight weight) {
    return weights.computeIfAbsent(weight, source);
  }

  @Override
  public void update(Weight weight, Value newValue) {
    if (training()) {
      Value stored = newValue.cast(weight.element());
      updates.put(weight, stored);
      // A layer that is applied again in the same step goes on from there.
      weights.put(weight, stored);
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
  public Value state(State state) {
    if (training()) {
      throw new Diagnostic(
              "NN-037",
              "%s keeps a state between calls, which cannot be trained".formatted(state.owner()),
              Location.current(),
              "state: " + state.type(),
              "train the layer without stateful, then set its weights in one that is")
          .exception();
    }
    Value known = kept.get(state);
    return known != null
        ? known
        : states.computeIfAbsent(
            state, s -> Value.input("state_%s".formatted(states.size()), s.type()));
  }

  @Override
  public void keep(State state, Value newValue) {
    kept.put(state, newValue.cast(state.type().element()));
  }

  @Override
  public Value inJava(JavaLayer layer, List<Value> inputs) {
    for (Value input : inputs) {
      if (!(input.op() instanceof Leaf.Input)) {
        throw new Diagnostic(
                "NN-040",
                "%s runs in Java in front of the graph, and stands behind a layer that does not"
                    .formatted(layer),
                Location.current(),
                "input: " + input.type(),
                "apply it to an input of the model, or to the result of another such layer")
            .exception();
      }
    }
    TensorType type = layer.resultType(inputs.stream().map(Value::tensorType).toList());
    String name = "preprocessed_%s".formatted(javaSteps.size());
    Value result = Value.input(name, type);
    javaSteps.add(new JavaStep(layer, inputs, result));
    return result;
  }

  @Override
  public List<Masked> apply(String name, Layer layer, Arguments<Masked> arguments) {
    return new ArrayList<>(layer.lower(this, arguments));
  }
}
