package dev.sardonyx.nn;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import dev.sardonyx.nn.layers.SymbolicTensor.Application;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers of a model in the order in which they run, and what they are called.
 *
 * @param applications every use of a layer, each after those it depends on
 * @param layers the layers by name, in the order of their first use
 * @param inputNames a name for each input
 * @param outputNames a name for each output: that of the layer behind it
 */
record Wiring(
    List<Application> applications,
    Map<String, Layer> layers,
    List<String> inputNames,
    List<String> outputNames) {

  static Wiring of(List<Input> inputs, List<SymbolicTensor> outputs) {
    List<Application> order = order(inputs, outputs);
    Set<Layer> distinct = new LinkedHashSet<>();
    order.forEach(a -> distinct.add(a.layer()));
    Set<String> taken = new HashSet<>();
    inputs.stream().filter(i -> i.name() != null).forEach(i -> claim(taken, i.name()));
    distinct.stream().filter(l -> l.name() != null).forEach(l -> claim(taken, l.name()));
    List<String> inputNames = new ArrayList<>();
    for (Input input : inputs) {
      inputNames.add(input.name() != null ? input.name() : fresh(taken, "input_layer"));
    }
    Map<String, Layer> layers = new LinkedHashMap<>();
    Map<Layer, String> names = new LinkedHashMap<>();
    for (Layer layer : distinct) {
      String given = layer.name();
      String name = given != null ? given : fresh(taken, layer.defaultName());
      layers.put(name, layer);
      names.put(layer, name);
    }
    return new Wiring(
        order,
        Collections.unmodifiableMap(layers),
        List.copyOf(inputNames),
        outputNames(outputs, inputs, inputNames, names));
  }

  private static List<String> outputNames(
      List<SymbolicTensor> outputs,
      List<Input> inputs,
      List<String> inputNames,
      Map<Layer, String> names) {
    List<String> result = new ArrayList<>();
    for (SymbolicTensor output : outputs) {
      Application made = output.application();
      String base =
          made == null ? inputNames.get(inputs.indexOf(output)) : nameOf(output, made, names);
      result.add(fresh(new HashSet<>(result), base));
    }
    return List.copyOf(result);
  }

  private static String nameOf(SymbolicTensor output, Application made, Map<Layer, String> names) {
    return made.layer().nameOfResult(output.index(), names.get(made.layer()));
  }

  private static void claim(Set<String> taken, String name) {
    if (name.isEmpty() || !taken.add(name)) {
      throw new Diagnostic(
              "NN-061",
              name.isEmpty() ? "a layer's name is empty" : "two layers are called " + name,
              Location.current(),
              "names: " + taken,
              "give every layer and input of a model a name of its own, or none")
          .exception();
    }
  }

  /** Keras's scheme: dense, dense_1, dense_2, … */
  private static String fresh(Set<String> taken, String base) {
    String name = base;
    for (int i = 1; !taken.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  private static List<Application> order(List<Input> inputs, List<SymbolicTensor> outputs) {
    List<Application> order = new ArrayList<>();
    Set<Application> opened = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Application> closed = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Application> stack = new ArrayDeque<>();
    for (SymbolicTensor output : outputs) {
      push(stack, output, inputs, opened);
      while (!stack.isEmpty()) {
        Application next = stack.peek();
        if (opened.add(next)) {
          for (int i = next.inputs().size() - 1; i >= 0; i--) {
            push(stack, next.inputs().get(i), inputs, opened);
          }
        } else {
          stack.pop();
          if (closed.add(next)) {
            order.add(next);
          }
        }
      }
    }
    return List.copyOf(order);
  }

  private static void push(
      Deque<Application> stack,
      SymbolicTensor tensor,
      List<Input> inputs,
      Set<Application> opened) {
    Application application = tensor.application();
    if (application != null && !opened.contains(application)) {
      stack.push(application);
    } else if (application == null && inputs.stream().noneMatch(i -> i == tensor)) {
      throw disconnected(tensor);
    }
  }

  private static DiagnosticException disconnected(SymbolicTensor tensor) {
    return new Diagnostic(
            "NN-062",
            "the outputs depend on an input that the model does not list",
            Location.current(),
            "input: " + tensor,
            "add it to the model's inputs")
        .exception();
  }
}
