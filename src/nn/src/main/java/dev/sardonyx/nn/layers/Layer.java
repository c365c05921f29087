package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Configurable;
import dev.sardonyx.nn.config.Names;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.regularizers.Regularizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
  private boolean trainable = true;
  private boolean built;

  /** Makes the weights, by {@link #addWeight}; called once, with the types of the first inputs. */
  protected void build(List<TensorType> inputs) {}

  /** The mathematics. Called once for every graph that the model is lowered to. */
  protected abstract List<Value> call(Call call, List<Value> inputs);

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
    Weight weight = new Weight(this, weightName, dims, initializer, regularizer, isTrainable);
    weights.add(weight);
    return weight;
  }

  /**
   * Wires this layer behind {@code inputs}. Wrong shapes are refused here, at the caller's line.
   */
  public SymbolicTensor apply(SymbolicTensor... inputs) {
    return applyAll(Arrays.asList(inputs), Location.caller()).get(0);
  }

  /** As {@link #apply}, for a layer with several results. */
  public List<SymbolicTensor> applyAll(List<? extends SymbolicTensor> inputs) {
    return applyAll(inputs, Location.caller());
  }

  /** As {@link #applyAll(List)}, reporting errors at {@code where}. */
  public final List<SymbolicTensor> applyAll(
      List<? extends SymbolicTensor> inputs, Location where) {
    List<SymbolicTensor> copy = List.copyOf(inputs);
    List<TensorType> types = copy.stream().map(SymbolicTensor::type).toList();
    List<TensorType> results = Location.within(where, () -> ShapeProbe.results(this, types));
    SymbolicTensor.Application application = new SymbolicTensor.Application(this, copy, where);
    List<SymbolicTensor> symbols = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      symbols.add(new SymbolicTensor(application, i, results.get(i)));
    }
    return symbols;
  }

  /** Makes the weights unless that was done before. */
  public final void ensureBuilt(List<TensorType> inputs) {
    if (!built) {
      build(inputs);
      built = true;
    }
  }

  /** The mathematics, for whoever lowers this layer. */
  public final List<Value> lower(Call call, List<Value> inputs) {
    ensureBuilt(inputs.stream().map(Value::tensorType).toList());
    return call(call, inputs);
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
    // Float32 throughout, as a string or as Keras's policy object.
    Object dtype = config.json("dtype", "float32");
    if (dtype != null && !dtype.toString().contains("float32")) {
      config.unsupported("dtype", "float32");
    }
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
