package dev.sardonyx.compiler;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.ControlFlow.If;
import dev.sardonyx.ir.ControlFlow.Loop;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Operators with bodies compute nothing that nobody uses: no branch's result, no element that is
 * collected, no state on which only itself depends, no sequence that the body does not look at.
 *
 * <pre>
 *  _, y = Loop(n, , a, b) body(i, cond, a, b) { a + 1, b · b }   ->   y = Loop(n, , b) …{ b · b }
 * </pre>
 */
public final class RemoveUnusedResults implements Pass {
  @Override
  public Graph run(Graph graph) {
    Graph current = graph;
    while (current.depth() > 0) {
      Graph next = once(current);
      if (next == current) {
        return current;
      }
      current = next;
    }
    return current;
  }

  private static Graph once(Graph graph) {
    Set<Value> used = new HashSet<>(graph.outputs());
    graph.nodes().forEach(node -> used.addAll(node.inputs()));
    return Rewriting.rewrite(graph, (node, inputs) -> step(node, inputs, used::contains));
  }

  private static @Nullable List<Value> step(
      Node node, List<@Nullable Value> inputs, Predicate<Value> used) {
    Op op = node.op();
    if (op instanceof If branch) {
      return branch(branch, node, inputs, used);
    }
    if (op instanceof Loop loop) {
      int states = loop.body().formals().size() - 2;
      return new Repeated(loop.body(), node, used, 2, states, 0, 1).rewrite(inputs);
    }
    if (op instanceof Scan scan) {
      int sequences = (int) scan.numScanInputs();
      int states = scan.body().formals().size() - sequences;
      return new Repeated(scan.body(), node, used, 0, states, sequences, 0).rewrite(inputs);
    }
    return null;
  }

  private static @Nullable List<Value> branch(
      If branch, Node node, List<@Nullable Value> inputs, Predicate<Value> used) {
    List<Integer> kept = kept(node.outputs(), used);
    if (kept.size() == node.outputs().size()) {
      return null;
    }
    Op op = new If(with(branch.thenBranch(), kept), with(branch.elseBranch(), kept));
    return replaced(node, op, inputs, kept);
  }

  private static Body with(Body body, List<Integer> outputs) {
    return body(body, body.graph().inputs(), outputs);
  }

  private static Body body(Body body, List<Value> inputs, List<Integer> outputs) {
    Graph graph = body.graph();
    return new Body(
        Graph.of(
                graph.name(),
                inputs,
                at(graph.outputs(), outputs),
                at(graph.outputNames(), outputs))
            .withInfo(graph.info()),
        body.captures());
  }

  private static <T> List<T> at(List<T> all, List<Integer> places) {
    return places.isEmpty() || all.isEmpty() ? List.of() : places.stream().map(all::get).toList();
  }

  private static List<Integer> kept(List<Value> values, Predicate<Value> used) {
    return IntStream.range(0, values.size()).filter(i -> used.test(values.get(i))).boxed().toList();
  }

  /** The node's results, those that are kept from a new one. */
  private static List<Value> replaced(
      Node node, Op op, List<? extends @Nullable Value> inputs, List<Integer> kept) {
    List<@Nullable String> names = new ArrayList<>();
    kept.forEach(i -> names.add(node.outputs().get(i).name()));
    Node.Names all = node.names().withOutputs(names);
    List<Value> fewer = Node.of(op, inputs, kept.size(), all, node.at()).outputs();
    List<Value> results = new ArrayList<>(node.outputs());
    for (int k = 0; k < kept.size(); k++) {
      results.set(kept.get(k), fewer.get(k));
    }
    return results;
  }

  /**
   * A body that runs again and again.
   *
   * @param first how many inputs come before the states
   * @param states how many there are
   * @param sequences how many inputs are read element by element
   * @param conditions how many of the body's outputs come before the states, and are no results
   */
  private record Repeated(
      Body body,
      Node node,
      Predicate<Value> used,
      int first,
      int states,
      int sequences,
      int conditions) {
    @Nullable List<Value> rewrite(List<@Nullable Value> inputs) {
      Set<Integer> live = new HashSet<>(kept(node.outputs(), used));
      Set<Value> reached = reached(live);
      List<Integer> results =
          IntStream.range(0, node.outputs().size()).filter(live::contains).boxed().toList();
      List<Integer> places = places(live, reached);
      if (results.size() == node.outputs().size() && places.size() == body.formals().size()) {
        return null;
      }
      List<Integer> outputs = new ArrayList<>();
      IntStream.range(0, conditions).forEach(outputs::add);
      results.forEach(i -> outputs.add(conditions + i));
      List<Value> formals = new ArrayList<>(at(body.formals(), places));
      formals.addAll(body.captured());
      List<@Nullable Value> fewer = new ArrayList<>();
      places.forEach(i -> fewer.add(inputs.get(i)));
      fewer.addAll(inputs.subList(body.formals().size(), inputs.size()));
      Body smaller = RemoveUnusedResults.body(body, formals, outputs);
      return replaced(node, op(smaller, places, results), fewer, results);
    }

    /** What the body needs for what is live; states that it needs become live. */
    private Set<Value> reached(Set<Integer> live) {
      while (true) {
        List<Value> roots = new ArrayList<>(body.outputs().subList(0, conditions));
        live.forEach(i -> roots.add(body.outputs().get(conditions + i)));
        Set<Value> reached = new HashSet<>(roots);
        Walk.topological(roots).forEach(n -> reached.addAll(n.inputs()));
        boolean more = false;
        for (int j = 0; j < states; j++) {
          more |= reached.contains(body.formals().get(first + j)) && live.add(j);
        }
        if (!more) {
          return reached;
        }
      }
    }

    /** Which of the operator's inputs stay; of the sequences at least one, which says how long. */
    private List<Integer> places(Set<Integer> live, Set<Value> reached) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < first + states; i++) {
        if (i < first || live.contains(i - first)) {
          places.add(i);
        }
      }
      int before = places.size();
      for (int i = first + states; i < body.formals().size(); i++) {
        if (reached.contains(body.formals().get(i))) {
          places.add(i);
        }
      }
      if (sequences > 0 && places.size() == before) {
        places.add(first + states);
      }
      return places;
    }

    private Op op(Body smaller, List<Integer> places, List<Integer> results) {
      if (!(node.op() instanceof Scan scan)) {
        return new Loop(smaller);
      }
      List<Integer> read = places.stream().filter(i -> i >= states).map(i -> i - states).toList();
      List<Integer> kept = results.stream().filter(i -> i >= states).map(i -> i - states).toList();
      return new Scan(
          smaller,
          read.size(),
          at(scan.scanInputAxes(), read),
          at(scan.scanInputDirections(), read),
          at(scan.scanOutputAxes(), kept),
          at(scan.scanOutputDirections(), kept));
    }
  }
}
