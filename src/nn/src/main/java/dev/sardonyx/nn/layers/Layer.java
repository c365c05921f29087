package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Configurable;
import dev.sardonyx.nn.config.Names;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.regularizers.Regularizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a network: options, weights, and a function of values.
 *
 * <p>A layer of your own extends this class:
 *
 * <pre>{@code
 * final class Scale extends Layer {
 *   private Weight factor;
 *
 *   protected void build(List<TensorType> inputs) {
 *     factor = addWeight("factor", ones(), null, true, inputs.get(0).shape().dim(-1).value());
 *   }
 *
 *   protected List<Value> call(Call call, List<Value> inputs) {
 *     return List.of(inputs.get(0).mul(call.weight(factor)));
 *   }
 * }
 * }</pre>
 *
 * <p>Applied twice, a layer shares its weights.
 */
public abstract class Layer implements Configurable {
  private final Location at = Location.caller();
  private final List<Weight> weights = new ArrayList<>();
  private @Nullable String name;
  private final List<State> states = new ArrayList<>();
  private boolean trainable = true;
  private boolean built;
  private DTypePolicy dtype = DTypePolicy.FLOAT32;

  /** Makes the weights, by {@link #addWeight}; called once, with the types of the first inputs. */
  protected void build(List<TensorType> inputs) {}

  /** As {@link #build(List)}, with the types in their places among the arguments. */
  protected void buildWith(Arguments<TensorType> arguments) {
    build(arguments.tensors());
  }

  /** The mathematics. Called once for every graph that the model is lowered to. */
  protected abstract List<Value> call(Call call, List<Value> inputs);

  /**
   * The mathematics of a layer that is called with more than tensors, or that masks concern; see
   * {@link ArgumentLayer}. Here the tensors go to {@link #call}, and the results have the mask of
   * the first, if the layer {@link #passesMask passes it on}.
   */
  protected List<Masked> callWith(Call call, Arguments<Masked> arguments) {
    Arguments<Masked> plain = withoutTrainingFlag(arguments);
    plain.allow(this, Set.of("mask"));
    Masked given = plain.optional(this, -1, "mask");
    List<Masked> tensors = given == null ? plain.tensors() : positionalTensors(plain);
    List<Value> results = call(call, Masked.values(tensors));
    Value mask = given != null ? given.value() : tensors.isEmpty() ? null : tensors.get(0).mask();
    return results.stream().map(y -> new Masked(y, passesMask() ? mask : null)).toList();
  }

  private List<Masked> positionalTensors(Arguments<Masked> arguments) {
    List<Masked> tensors = new ArrayList<>();
    for (int i = 0; i < arguments.positional().size(); i++) {
      tensors.addAll(arguments.list(this, i, "input " + i));
    }
    return tensors;
  }

  /**
   * The arguments without {@code training}: Keras records it, and prediction overrules it. A layer
   * that a file forces into training, random or not, cannot be honest in inference: refused.
   */
  final Arguments<Masked> withoutTrainingFlag(Arguments<Masked> arguments) {
    if (!arguments.named().containsKey("training")) {
      return arguments;
    }
    if (changesInTraining() && arguments.flag(this, -1, "training", false)) {
      throw refuse(
          "NN-035",
          "is called with training=True, in inference too",
          List.of(),
          "call it without that argument: it then trains in training and infers in inference");
    }
    Map<String, Object> rest = new LinkedHashMap<>(arguments.named());
    rest.remove("training");
    return new Arguments<>(arguments.tensors(), arguments.positional(), rest);
  }

  /** Whether a call with {@code training=True} differs from one without; false by default. */
  protected boolean changesInTraining() {
    return false;
  }

  /**
   * Whether the masks of the inputs are gone for layers that run later, as Keras's
   * MultiHeadAttention takes them off its tensors; false by default.
   */
  public boolean takesMasksOff() {
    return false;
  }

  /** Whether the first input's mask is also that of the results; false by default. */
  protected boolean passesMask() {
    return false;
  }

  /**
   * Adds a weight, to be called from {@link #build}.
   *
   * @param dims its shape, in Keras's layout
   */
  protected final Weight addWeight(
      String weightName,
      Initializer initializer,
      @Nullable Regularizer regularizer,
      boolean isTrainable,
      long... dims) {
    return addWeight(weightName, dtype.variable(), initializer, regularizer, isTrainable, dims);
  }

  /** As {@link #addWeight}, of a type of its own: an integer, or not that of the policy. */
  protected final Weight addWeight(
      String weightName,
      ElementType element,
      Initializer initializer,
      @Nullable Regularizer regularizer,
      boolean isTrainable,
      long... dims) {
    TensorType type = TensorType.of(element, dims);
    Weight weight = new Weight(this, weightName, type, initializer, regularizer, isTrainable);
    weights.add(weight);
    return weight;
  }

  /** Adds what the layer keeps between calls, to be called from {@link #build}. */
  protected final State addState(String stateName, TensorType type) {
    State state = new State(this, stateName, type);
    states.add(state);
    return state;
  }

  /**
   * Wires this layer behind {@code inputs}. Wrong shapes are refused here, at the caller's line.
   */
  public SymbolicTensor apply(SymbolicTensor... inputs) {
    return applyAll(Arrays.asList(inputs), Location.caller()).get(0);
  }

  /**
   * As {@link #apply}, with arguments by name: {@code lstm.apply(of(x).withTensors("mask", m))}.
   */
  public List<SymbolicTensor> apply(Arguments<SymbolicTensor> arguments) {
    return applyAll(arguments, Location.caller());
  }

  /** As {@link #apply}, for a layer with several results. */
  public List<SymbolicTensor> applyAll(List<? extends SymbolicTensor> inputs) {
    return applyAll(inputs, Location.caller());
  }

  /** As {@link #applyAll(List)}, reporting errors at {@code where}. */
  public final List<SymbolicTensor> applyAll(
      List<? extends SymbolicTensor> inputs, Location where) {
    return applyAll(Arguments.of(inputs), where);
  }

  /** As {@link #apply(Arguments)}, reporting errors at {@code where}. */
  public final List<SymbolicTensor> applyAll(Arguments<SymbolicTensor> arguments, Location where) {
    List<TensorType> results =
        Location.within(where, () -> ShapeProbe.results(this, arguments.map(SymbolicTensor::type)));
    SymbolicTensor.Application application = new SymbolicTensor.Application(this, arguments, where);
    List<SymbolicTensor> symbols = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      symbols.add(new SymbolicTensor(application, i, results.get(i)));
    }
    return symbols;
  }

  /** Makes the weights unless that was done before. */
  public final void ensureBuilt(List<TensorType> inputs) {
    ensureBuilt(Arguments.of(inputs));
  }

  private void ensureBuilt(Arguments<TensorType> arguments) {
    if (!built) {
      buildWith(arguments);
      built = true;
    }
  }

  /** The mathematics on tensors alone, for whoever lowers this layer. */
  public final List<Value> lower(Call call, List<Value> inputs) {
    return Masked.values(lower(call, Arguments.of(Masked.all(inputs))));
  }

  /** The mathematics, for whoever lowers this layer. Floating inputs are cast as the dtype says. */
  public final List<Masked> lower(Call call, Arguments<Masked> arguments) {
    Arguments<Masked> cast = autocasts() ? arguments.map(this::autocast) : arguments;
    ensureBuilt(cast.map(Masked::type));
    return callWith(call, cast);
  }

  private Masked autocast(Masked x) {
    return x.value().element().isFloat()
        ? new Masked(x.value().cast(dtype.compute()), x.mask())
        : x;
  }

  /** Whether floating inputs are cast to {@link #computeType}; they are by default, as in Keras. */
  protected boolean autocasts() {
    return true;
  }

  /** In which types the layer computes and keeps its weights; float32 by default. */
  public Layer dtype(DTypePolicy policy) {
    dtype = policy;
    return this;
  }

  public final DTypePolicy dtype() {
    return dtype;
  }

  /** The type that the layer computes in. */
  protected final ElementType computeType() {
    return dtype.compute();
  }

  /** The line where the layer was made. */
  public final Location at() {
    return at;
  }

  /** Gives the layer a name, by which the model's weights are called. */
  public Layer named(String newName) {
    name = newName;
    return this;
  }

  /** The name that was given, or null: then the model makes one from {@link #defaultName}. */
  public final @Nullable String name() {
    return name;
  }

  /** Keras's name for a layer of this class: {@code conv2d}, {@code max_pooling2d}. */
  public String defaultName() {
    return Names.snakeCase(className());
  }

  /**
   * Freezes the layer's weights, or lets them train again; as in Keras, from the next compile on.
   */
  public Layer trainable(boolean isTrainable) {
    trainable = isTrainable;
    return this;
  }

  public boolean isTrainable() {
    return trainable;
  }

  /** The weights in Keras's order; empty before the layer has seen an input. */
  public List<Weight> weights() {
    return Collections.unmodifiableList(weights);
  }

  /** The value of a weight as a file has it: with what is kept apart only for training. */
  public Tensor merged(Weight weight) {
    return weight.value(
        () -> {
          throw new IllegalStateException(weight + " has no value yet");
        });
  }

  /** Whether Keras gives this layer its inputs in one list; it does to those that merge. */
  public boolean takesList() {
    return false;
  }

  /** What the layer itself keeps between calls; mostly nothing. */
  public List<State> states() {
    return Collections.unmodifiableList(states);
  }

  /**
   * What a model calls a weight of this layer.
   *
   * @param path the layer's own name, behind those of the models that it is in
   */
  public String nameOf(Weight weight, String path) {
    return path + "/" + weight.name();
  }

  /** What a model calls an output of its own that is this layer's result. */
  public String nameOfResult(int index, String layerName) {
    return layerName;
  }

  /** Layers that this one is made of, by name; a plain layer has none. */
  public Map<String, Layer> parts() {
    return Map.of();
  }

  @Override
  public void configure(Config config) {
    name = config.optionalText("name", name);
    trainable = config.flag("trainable", trainable);
    Object given = config.json("dtype", dtype.toJson());
    dtype = given == null ? DTypePolicy.FLOAT32 : DTypePolicy.parse(given);
  }

  /** A weight that {@link #build} has made; an {@link IllegalStateException} before. */
  protected final Weight built(@Nullable Weight weight) {
    if (weight == null) {
      throw new IllegalStateException(this + " has not seen an input yet");
    }
    return weight;
  }

  /** A refusal of these inputs, in the four lines of every diagnostic. */
  protected final DiagnosticException refuse(
      String code, String message, List<TensorType> inputs, String help) {
    String received = inputs.isEmpty() ? "no inputs" : "input: " + inputs;
    return new Diagnostic(code, className() + " " + message, Location.current(), received, help)
        .exception();
  }

  @Override
  public String toString() {
    return name == null ? className() : className() + " " + name;
  }
}
