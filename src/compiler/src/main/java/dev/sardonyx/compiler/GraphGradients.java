package dev.sardonyx.compiler;

import dev.sardonyx.ir.Cotangents;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The gradient of a whole graph as a graph: {@code Gradients.of(graph).wrt("w", "b").graph()}.
 *
 * <p>It takes the graph's inputs, and for each output {@code y} that has a gradient its cotangent,
 * as an input {@code cotangent(y)}; it returns {@code gradient(x)} for each name asked for. The
 * parameters stay parameters. Names, and the outputs with them, are those of the graph.
 */
public final class GraphGradients {
  private final Graph graph;
  private final List<String> names;
  private final Map<String, Value> cotangents;
  private final boolean forward;
  private final UnaryOperator<Gradients> choices;

  private GraphGradients(
      Graph graph,
      List<String> names,
      Map<String, Value> cotangents,
      boolean forward,
      UnaryOperator<Gradients> choices) {
    this.choices = choices;
    this.graph = graph;
    this.names = List.copyOf(names);
    this.cotangents = cotangents;
    this.forward = forward;
  }

  /** With respect to all floating-point inputs and parameters, from all outputs. */
  static GraphGradients of(Graph graph) {
    List<String> all = new ArrayList<>();
    leaves(graph).forEach((name, value) -> all.addAll(real(value) ? List.of(name) : List.of()));
    Map<String, Value> cotangents = new LinkedHashMap<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      if (real(graph.outputs().get(i))) {
        String name = graph.outputNames().get(i);
        cotangents.put(name, cotangent(graph, name));
      }
    }
    return new GraphGradients(graph, all, cotangents, false, gradients -> gradients);
  }

  private static boolean real(Value value) {
    return Cotangents.exist(value.type());
  }

  private static Value cotangent(Graph graph, String output) {
    Type type = graph.output(output).type();
    // The gradient of what may be absent is that of what is there.
    while (type instanceof Type.Optional optional) {
      type = optional.element();
    }
    return Value.input("cotangent(" + output + ")", type);
  }

  private static Map<String, Value> leaves(Graph graph) {
    Map<String, Value> leaves = new LinkedHashMap<>();
    graph.inputs().forEach(v -> leaves.put(((Leaf.Input) v.op()).name(), v));
    graph.parameters().forEach(v -> leaves.put(((Leaf.Parameter) v.op()).name(), v));
    return leaves;
  }

  /** With respect to these inputs and parameters; refused if the graph has no such one. */
  public GraphGradients wrt(String... newNames) {
    return wrt(Arrays.asList(newNames));
  }

  public GraphGradients wrt(List<String> newNames) {
    Map<String, Value> leaves = leaves(graph);
    for (String name : newNames) {
      if (!leaves.containsKey(name)) {
        throw refuse(
            "GRAD-002",
            "has no input or parameter " + name,
            leaves.keySet(),
            "ask for the gradient of one of these");
      }
      requireReal(name, leaves.get(name));
    }
    return new GraphGradients(graph, newNames, cotangents, forward, choices);
  }

  /** From these outputs alone, each with its cotangent as an input; nothing flows from others. */
  public GraphGradients with(String... outputs) {
    Map<String, Value> chosen = new LinkedHashMap<>();
    for (String output : outputs) {
      requireOutput(output);
      chosen.put(output, cotangent(graph, output));
    }
    return new GraphGradients(graph, names, chosen, forward, choices);
  }

  /**
   * From these outputs alone, with values of the graph in the place of inputs: {@code
   * with(Map.of("loss", graph.output("loss").onesLike()))} is the gradient of a loss.
   *
   * @param given by output, a value of its type that the graph's inputs and parameters lead to
   */
  public GraphGradients with(Map<String, Value> given) {
    Map<String, Value> chosen = new LinkedHashMap<>();
    graph.outputNames().stream()
        .filter(given::containsKey)
        .forEach(name -> chosen.put(name, given.get(name)));
    given.keySet().stream().sorted().forEach(this::requireOutput);
    return new GraphGradients(graph, names, chosen, forward, choices);
  }

  /** Whether the graph's own outputs come before the gradients; false unless it is asked for. */
  public GraphGradients forward(boolean isForward) {
    return new GraphGradients(graph, names, cotangents, isForward, choices);
  }

  /** See {@link Gradients#straightThrough()}. */
  public GraphGradients straightThrough() {
    return choosing(Gradients::straightThrough);
  }

  /**
   * Which forward values are kept, and which computed again; by default all are kept.
   *
   * @param choice whose names are those of values of the graph, else it is refused (GRAD-012)
   */
  public GraphGradients checkpointing(Checkpointing choice) {
    Checkpointing found =
        choice.named(
            name -> graph.outputNames().contains(name) ? List.of(graph.output(name)) : List.of());
    return choosing(gradients -> gradients.checkpointing(found));
  }

  private GraphGradients choosing(UnaryOperator<Gradients> choice) {
    return new GraphGradients(
        graph, names, cotangents, forward, gradients -> choice.apply(choices.apply(gradients)));
  }

  /** The inputs and parameters that gradients are asked for. */
  public List<String> names() {
    return names;
  }

  /** The graph that computes them, and nothing else. */
  public Graph graph() {
    List<Value> inputs = new ArrayList<>(graph.inputs());
    List<Value> outputs = new ArrayList<>();
    cotangents.forEach(
        (output, cotangent) -> {
          outputs.add(graph.output(output));
          if (cotangent.op() instanceof Leaf.Input && !inputs.contains(cotangent)) {
            inputs.add(cotangent);
          }
        });
    Map<String, Value> leaves = leaves(graph);
    List<Value> gradients =
        choices
            .apply(Gradients.of(outputs))
            .wrt(names.stream().map(leaves::get).toList())
            .with(List.copyOf(cotangents.values()))
            .values();
    Map<String, Value> results = new LinkedHashMap<>();
    if (forward) {
      graph.outputNames().forEach(name -> results.put(name, graph.output(name)));
    }
    for (int i = 0; i < names.size(); i++) {
      results.put("gradient(" + names.get(i) + ")", gradients.get(i));
    }
    return Graph.of(graph.name() + "_gradients", inputs, results);
  }

  private void requireOutput(String output) {
    if (!graph.outputNames().contains(output)) {
      throw refuse(
          "GRAD-010",
          "has no output " + output,
          graph.outputNames(),
          "give a cotangent to one of these");
    }
    requireReal(output, graph.output(output));
  }

  private void requireReal(String name, Value value) {
    if (!real(value)) {
      throw refuse(
          "GRAD-011",
          "has no gradients at %s, which is %s".formatted(name, value.type()),
          leaves(graph).keySet(),
          "ask for those of floating-point values");
    }
  }

  private DiagnosticException refuse(
      String code, String message, Collection<String> known, String help) {
    return new Diagnostic(
            code,
            "graph %s %s".formatted(graph.name(), message),
            Location.current(),
            "it has " + known,
            help)
        .exception();
  }
}
