package dev.sardonyx.nn;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.layers.JavaLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a model runs in Java in front of its graph: the inputs that the graph takes are the
 * model's own, or results of {@link JavaLayer}s.
 */
final class Preprocessing {
  private record Step(JavaLayer layer, List<String> inputs, String result) {}

  private final Map<String, TensorType> modelInputs;
  private final Map<String, TensorType> graphInputs;
  private final List<Step> steps = new ArrayList<>();

  private Preprocessing(Map<String, TensorType> modelInputs) {
    this.modelInputs = modelInputs;
    this.graphInputs = new LinkedHashMap<>(modelInputs);
  }

  /** Finds out by lowering {@code model} once. */
  static Preprocessing of(Model model) {
    Map<String, TensorType> inputs = new LinkedHashMap<>();
    for (int i = 0; i < model.inputs().size(); i++) {
      inputs.put(model.inputNames().get(i), model.inputs().get(i).type());
    }
    Preprocessing preprocessing = new Preprocessing(inputs);
    List<Value> values = new ArrayList<>();
    inputs.forEach((name, type) -> values.add(Value.input(name, type)));
    Lowering lowering =
        Lowering.inference(weight -> Value.input(model.nameOf(weight), weight.type()));
    List<Value> outputs = model.lower(lowering, values);
    Map<String, Value> named = new LinkedHashMap<>();
    values.forEach(value -> named.put(String.valueOf(value.name()), value));
    lowering.javaSteps().forEach(step -> preprocessing.add(step, named));
    preprocessing.dropUnused(outputs);
    return preprocessing;
  }

  private void add(Lowering.JavaStep step, Map<String, Value> named) {
    List<String> names = step.inputs().stream().map(v -> String.valueOf(v.name())).toList();
    String result = String.valueOf(step.result().name());
    steps.add(new Step(step.layer(), names, result));
    graphInputs.put(result, step.result().tensorType());
    named.put(result, step.result());
  }

  /** An input that only Java needs is none of the graph's. */
  private void dropUnused(List<Value> outputs) {
    if (!steps.isEmpty()) {
      List<String> reached = Graphs.inputNames(outputs);
      steps.forEach(step -> step.inputs.forEach(name -> drop(name, reached)));
    }
  }

  private void drop(String name, List<String> reached) {
    if (!reached.contains(name)) {
      graphInputs.remove(name);
    }
  }

  /** Whether nothing runs in Java. */
  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** The layers that run in Java. */
  List<JavaLayer> layers() {
    return steps.stream().map(Step::layer).toList();
  }

  /** What the graph takes, by name. */
  Map<String, TensorType> graphInputs() {
    return graphInputs;
  }

  /** What the graph takes, from what the model is given. */
  List<Tensor> run(List<Tensor> data) {
    if (steps.isEmpty()) {
      return data;
    }
    Map<String, Tensor> known = new LinkedHashMap<>();
    List<String> names = List.copyOf(modelInputs.keySet());
    for (int i = 0; i < names.size(); i++) {
      known.put(names.get(i), data.get(i));
    }
    for (Step step : steps) {
      known.put(step.result, step.layer.compute(step.inputs.stream().map(known::get).toList()));
    }
    return graphInputs.keySet().stream().map(known::get).toList();
  }
}
