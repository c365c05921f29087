package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Call;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Masked;
import dev.sardonyx.nn.layers.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * One layer as a graph whose inputs and outputs are called as the arrays of a case: {@code x_i},
 * {@code w_i} and {@code cotangent_0} go in; {@code y_0}, {@code gx_i}, {@code gw_i} and {@code
 * w_i_after} come out.
 */
final class LayerGraph implements Call {
  private final Layer layer;
  private final boolean training;
  private final Map<String, Value> inputs = new LinkedHashMap<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final Map<Weight, Value> updates = new LinkedHashMap<>();

  private LayerGraph(Layer layer, boolean training) {
    this.layer = layer;
    this.training = training;
  }

  /**
   * @param shape makes the shape of an input from that of its array
   * @param gradients whether gradients are asked for
   */
  static Graph of(KerasCase reference, Layer layer, UnaryOperator<Shape> shape, boolean gradients) {
    LayerGraph made = new LayerGraph(layer, reference.flag("training"));
    List<Value> xs = new ArrayList<>();
    for (Tensor x : reference.arrays("x")) {
      TensorType type = x.type().with(shape.apply(x.shape()));
      xs.add(made.input("x_" + xs.size(), type));
    }
    layer.ensureBuilt(xs.stream().map(Value::tensorType).toList());
    layer.weights().forEach(made::addWeight);
    List<Value> ys = layer.lower(made, xs);
    assertEquals(1, ys.size());
    made.outputs.put("y_0", ys.get(0));
    if (gradients) {
      made.addGradients(xs, ys.get(0));
    }
    made.addUpdates();
    return Graph.of(reference.name(), List.copyOf(made.inputs.values()), made.outputs);
  }

  private Value input(String name, TensorType type) {
    return inputs.computeIfAbsent(name, n -> Value.input(n, type));
  }

  private void addWeight(Weight weight) {
    int i = layer.weights().indexOf(weight);
    input("w_" + i, TensorType.of(ElementType.FLOAT32, weight.dims()));
  }

  private void addGradients(List<Value> xs, Value y) {
    Map<String, Value> wrt = new LinkedHashMap<>();
    for (int i = 0; i < xs.size(); i++) {
      wrt.put("gx_" + i, xs.get(i));
    }
    for (int i = 0; i < layer.weights().size(); i++) {
      if (layer.weights().get(i).isTrainable()) {
        wrt.put("gw_" + i, inputs.get("w_" + i));
      }
    }
    List<Value> gradients =
        Gradients.of(y)
            .wrt(List.copyOf(wrt.values()))
            .with(List.of(input("cotangent_0", y.tensorType())))
            .values();
    List<String> names = List.copyOf(wrt.keySet());
    for (int i = 0; i < names.size(); i++) {
      outputs.put(names.get(i), gradients.get(i));
    }
  }

  /** In training Keras lists what every weight that is not trained becomes. */
  private void addUpdates() {
    for (int i = 0; training && i < layer.weights().size(); i++) {
      Weight weight = layer.weights().get(i);
      Value updated = updates.get(weight);
      if (updated != null || !weight.isTrainable()) {
        // A graph's output is computed; one that is an input would only be handed through.
        Value after = updated != null ? updated : weight(weight).mul(1);
        outputs.put("w_" + i + "_after", after);
      }
    }
  }

  @Override
  public boolean training() {
    return training;
  }

  @Override
  public Value variable(Weight weight) {
    return Objects.requireNonNull(inputs.get("w_" + layer.weights().indexOf(weight)));
  }

  @Override
  public void update(Weight weight, Value newValue) {
    updates.put(weight, newValue);
  }

  @Override
  public Value uniformLike(Value like) {
    throw new AssertionError("reference cases are not random");
  }

  @Override
  public Value uniformLike(Value like, long seed) {
    return uniformLike(like);
  }

  @Override
  public List<Masked> apply(String name, Layer inner, Arguments<Masked> arguments) {
    throw new AssertionError("these layers are not made of others");
  }
}
