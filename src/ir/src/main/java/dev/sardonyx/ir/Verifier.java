package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What must hold of a graph beyond what construction ensures. Types, arity, acyclicity and the
 * absence of dead code need no check: a value cannot be made otherwise.
 */
final class Verifier {
  private Verifier() {}

  static void verify(Graph graph) {
    Set<Node> declared = new HashSet<>();
    Set<String> inputNames = new HashSet<>();
    for (Value input : graph.inputs()) {
      if (!(input.op() instanceof Leaf.Input leaf)) {
        throw refuse(
            "GRAPH-003",
            graph,
            input.node(),
            input + " is listed as an input but computed",
            "list only values made by Value.input");
      }
      if (!inputNames.add(leaf.name())) {
        throw refuse(
            "GRAPH-004",
            graph,
            input.node(),
            "two different leaves are called " + leaf.name(),
            "give every input a name of its own");
      }
      declared.add(input.node());
    }
    Map<String, Leaf.Parameter> parameters = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Leaf.Input leaf && !declared.contains(node)) {
        throw refuse(
            "GRAPH-005",
            graph,
            node,
            "input " + leaf.name() + " is used but not among the graph's inputs",
            "add it to the inputs, or substitute a value for it");
      }
      if (node.op() instanceof Leaf.Parameter p) {
        Leaf.Parameter other = parameters.putIfAbsent(p.name(), p);
        if (inputNames.contains(p.name()) || other != null && !other.equals(p)) {
          throw refuse(
              "GRAPH-004",
              graph,
              node,
              "two different leaves are called " + p.name(),
              "give every parameter a name of its own");
        }
      }
    }
    verifyOutputs(graph);
    if (graph.depth() > Graph.MAX_DEPTH) {
      throw refuse(
          "GRAPH-013",
          graph,
          graph.outputs().get(0).node(),
          "bodies lie in each other more than %s deep".formatted(Graph.MAX_DEPTH),
          "flatten some of the branches or loops");
    }
  }

  private static void verifyOutputs(Graph graph) {
    Node anchor = graph.outputs().isEmpty() ? null : graph.outputs().get(0).node();
    if (anchor == null) {
      throw new Diagnostic(
              "GRAPH-007",
              "graph " + graph.name() + " has no outputs",
              Location.current(),
              "inputs: " + graph.inputs(),
              "name at least one output")
          .exception();
    }
    Set<String> distinct = new HashSet<>(graph.outputNames());
    if (distinct.size() != graph.outputs().size()
        || graph.outputNames().size() != graph.outputs().size()) {
      throw refuse(
          "GRAPH-008",
          graph,
          anchor,
          "%s outputs are called %s".formatted(graph.outputs().size(), graph.outputNames()),
          "give every output a name of its own");
    }
  }

  private static DiagnosticException refuse(
      String code, Graph graph, Node node, String message, String help) {
    return new Diagnostic(code, message, node.at(), "graph: " + graph.name(), help).exception();
  }
}
