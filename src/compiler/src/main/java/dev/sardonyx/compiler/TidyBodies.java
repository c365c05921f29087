package dev.sardonyx.compiler;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.Closure;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bodies capture what they use, once, and have small constants themselves, so that shapes are known
 * inside.
 *
 * <pre>
 *  If(cond, then(a, b: a + b), a = x, b = x)   ->   If(cond, then(a: a + a), a = x)
 * </pre>
 */
public final class TidyBodies implements Pass {
  @Override
  public Graph run(Graph graph) {
    return graph.depth() == 0 ? graph : Rewriting.rewrite(graph, TidyBodies::tidy);
  }

  private static @Nullable List<Value> tidy(Node node, List<@Nullable Value> inputs) {
    OpSchema schema = OpSchema.of(node.op());
    List<Body> bodies = schema.bodiesOf(node.op());
    if (bodies.isEmpty() || bodies.get(0).captures() == 0) {
      return null;
    }
    int own = inputs.size() - bodies.get(0).captures();
    List<Value> captured = new ArrayList<>();
    for (int i = own; i < inputs.size(); i++) {
      captured.add(Objects.requireNonNull(inputs.get(i)));
    }
    List<Integer> kept = kept(bodies, captured);
    if (kept.size() == captured.size()) {
      return null;
    }
    List<@Nullable Value> fewer = new ArrayList<>(inputs.subList(0, own));
    kept.forEach(i -> fewer.add(captured.get(i)));
    return Node.of(
            schema.withBodies(node.op(), body -> tidy(body, captured, kept)),
            fewer,
            node.types().size(),
            node.names(),
            node.at())
        .outputs();
  }

  /** Which captures are used, are no small constants, and are not among those before. */
  private static List<Integer> kept(List<Body> bodies, List<Value> captured) {
    Set<Value> used = new HashSet<>();
    for (Body body : bodies) {
      used.addAll(body.outputs());
      body.graph().nodes().forEach(n -> used.addAll(n.inputs()));
    }
    List<Integer> kept = new ArrayList<>();
    Set<Value> seen = new HashSet<>();
    for (int i = 0; i < captured.size(); i++) {
      int index = i;
      boolean needed = bodies.stream().anyMatch(b -> used.contains(b.captured().get(index)));
      if (needed && !isCopied(captured.get(i)) && seen.add(captured.get(i))) {
        kept.add(i);
      }
    }
    return kept;
  }

  private static boolean isCopied(Value value) {
    Tensor constant = value.constant();
    return constant != null && Closure.copies(constant);
  }

  private static Body tidy(Body body, List<Value> captured, List<Integer> kept) {
    Map<Value, Value> first = new HashMap<>();
    kept.forEach(i -> first.put(captured.get(i), body.captured().get(i)));
    Map<Value, Value> replacements = new HashMap<>();
    for (int i = 0; i < captured.size(); i++) {
      Value outer = captured.get(i);
      Tensor constant = outer.constant();
      Value inner =
          constant != null && isCopied(outer) ? Value.constant(constant) : first.get(outer);
      if (inner != null) {
        replacements.put(body.captured().get(i), inner);
      }
    }
    List<Value> inputs = new ArrayList<>(body.formals());
    kept.forEach(i -> inputs.add(body.captured().get(i)));
    Graph graph = body.graph();
    List<Value> outputs = Rewriting.substitute(body.outputs(), replacements);
    return new Body(
        Graph.of(graph.name(), inputs, outputs, graph.outputNames()).withInfo(graph.info()),
        kept.size());
  }
}
