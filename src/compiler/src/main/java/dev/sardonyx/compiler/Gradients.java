package dev.sardonyx.compiler;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.StraightThrough;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradients by reverse mode: {@code Gradients.of(loss).wrt(w, b).values()}.
 *
 * <p>The result is ordinary values made of ordinary operators, so that gradients of gradients need
 * nothing more. Only what was asked for is computed.
 */
public final class Gradients {
  private final List<Value> outputs;
  private final List<Value> wrt;
  private final List<Value> cotangents;

  private final boolean straight;

  private Gradients(
      List<Value> outputs, List<Value> wrt, List<Value> cotangents, boolean straight) {
    this.outputs = outputs;
    this.wrt = wrt;
    this.cotangents = cotangents;
    this.straight = straight;
  }

  /** Gradients of these values; their {@link #with cotangents} are ones unless they are given. */
  public static Gradients of(Value... outputs) {
    return of(Arrays.asList(outputs));
  }

  public static Gradients of(List<Value> outputs) {
    return new Gradients(outputs, List.of(), outputs.stream().map(Value::onesLike).toList(), false);
  }

  /** With respect to these values, inputs, parameters or intermediate ones. */
  public Gradients wrt(Value... values) {
    return wrt(Arrays.asList(values));
  }

  public Gradients wrt(List<Value> values) {
    return new Gradients(outputs, values, cotangents, straight);
  }

  /** For each output the gradient of the final quantity with respect to it, of the same shape. */
  public Gradients with(List<Value> newCotangents) {
    if (newCotangents.size() != outputs.size()) {
      throw new IllegalArgumentException(
          "%d cotangents for %d outputs".formatted(newCotangents.size(), outputs.size()));
    }
    return new Gradients(outputs, wrt, newCotangents, straight);
  }

  /**
   * With gradients that pass through what is quantized and dequantized at once as if nothing had
   * been rounded, where it was not clipped either; see {@link StraightThrough}. Without this no
   * gradient flows there: a step has the gradient 0 wherever it has one.
   */
  public Gradients straightThrough() {
    return new Gradients(outputs, wrt, cotangents, true);
  }

  /**
   * For each value asked for, the sum over the outputs of {@code cotangent · d output / d value};
   * zeros where the outputs do not depend on it.
   */
  public List<Value> values() {
    return new ReverseMode(outputs, wrt, straight).run(cotangents);
  }

  /**
   * The gradient of a whole graph as a graph. It takes the graph's inputs and, for each
   * floating-point output {@code y}, its cotangent as an input {@code cotangent(y)}; it returns
   * {@code gradient(x)} for each name asked for.
   *
   * @param names inputs and parameters
   */
  public static Graph of(Graph given, List<String> names) {
    Graph graph = new LowerGradient().run(given);
    List<Value> inputs = new ArrayList<>(graph.inputs());
    List<Value> outputs = new ArrayList<>();
    List<Value> cotangents = new ArrayList<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value output = graph.outputs().get(i);
      if (output.tensorType().element().isFloat()) {
        Value cotangent =
            Value.input("cotangent(" + graph.outputNames().get(i) + ")", output.type());
        inputs.add(cotangent);
        outputs.add(output);
        cotangents.add(cotangent);
      }
    }
    List<Value> wrt = names.stream().map(name -> leaf(graph, name)).toList();
    List<Value> gradients = of(outputs).wrt(wrt).with(cotangents).values();
    Map<String, Value> results = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      results.put("gradient(" + names.get(i) + ")", gradients.get(i));
    }
    return Graph.of(graph.name() + "_gradients", inputs, results);
  }

  private static Value leaf(Graph graph, String name) {
    List<Value> leaves = new ArrayList<>(graph.inputs());
    leaves.addAll(graph.parameters());
    return leaves.stream()
        .filter(v -> (v.op() instanceof Leaf.Input || v.op() instanceof Leaf.Parameter))
        .filter(v -> name.equals(v.name()))
        .findFirst()
        .orElseThrow(
            () ->
                new Diagnostic(
                        "GRAD-002",
                        "graph %s has no input or parameter %s".formatted(graph.name(), name),
                        Location.current(),
                        "it has " + leaves.stream().map(Value::name).toList(),
                        "ask for the gradient of one of these")
                    .exception());
  }
}
