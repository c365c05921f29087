package dev.sardonyx.compiler;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes at compile time what does not depend on the inputs, in one run of the {@link Evaluator}.
 *
 * <pre>
 *  x * (sqrt(2) + 1)   ->   x * 2.414…
 * </pre>
 *
 * <p>With {@code parametersToo} weights count as constants, as in a graph for inference; what is
 * computed from them becomes a parameter that does not train. What would grow a file beyond its
 * sources (a big fill) stays computed.
 */
public final class FoldConstants implements Pass {
  private static final long ALWAYS_SMALL_ENOUGH = 1 << 16;

  private final Evaluator evaluator;
  private final boolean parametersToo;

  public FoldConstants(Evaluator evaluator, boolean parametersToo) {
    this.evaluator = evaluator;
    this.parametersToo = parametersToo;
  }

  @Override
  public Graph run(Graph graph) {
    Set<Node> constant = new HashSet<>();
    graph.nodes().stream().filter(n -> isConstant(n, constant)).forEach(constant::add);
    Set<Value> frontier = frontier(graph, constant);
    if (frontier.isEmpty()) {
      return graph;
    }
    List<Value> values = List.copyOf(frontier);
    List<Tensor> tensors = evaluator.evaluate(Graph.of("constants", List.of(), outputs(values)));
    Set<String> taken = leafNames(graph);
    Map<Value, Value> folded = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      folded.put(values.get(i), leaf(values.get(i), tensors.get(i), taken));
    }
    return Rewriting.rewrite(
        graph,
        (node, inputs) ->
            node.outputs().stream().anyMatch(folded::containsKey)
                ? node.outputs().stream().map(v -> folded.getOrDefault(v, v)).toList()
                : null);
  }

  private boolean isConstant(Node node, Set<Node> constant) {
    if (node.isLeaf()) {
      return node.op() instanceof Leaf.Constant
          || parametersToo && node.op() instanceof Leaf.Parameter;
    }
    // A body may run for as long as it likes, whatever the size of its results.
    return !OpSchema.of(node.op()).hasBodies()
        && !Chance.isRandom(node)
        && node.inputs().stream().allMatch(v -> v == null || constant.contains(v.node()))
        && isSmall(node);
  }

  private static boolean isSmall(Node node) {
    long sources = 0;
    for (Value input : node.inputs()) {
      sources += input == null ? 0 : bytes(input.type());
    }
    long results = node.types().stream().mapToLong(FoldConstants::bytes).sum();
    return results <= Math.max(ALWAYS_SMALL_ENOUGH, sources);
  }

  /** The size of a tensor of fixed shape, of two gigabytes at most; as much for any other. */
  private static long bytes(Type type) {
    if (!(type instanceof TensorType t) || !t.shape().isFixed()) {
      return Integer.MAX_VALUE;
    }
    try {
      return Math.min(Integer.MAX_VALUE, t.element().bytesFor(t.shape().size().value()));
    } catch (ArithmeticException e) {
      return Integer.MAX_VALUE;
    }
  }

  /** The computed constants that something which is not constant takes. */
  private static Set<Value> frontier(Graph graph, Set<Node> constant) {
    Set<Value> frontier = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      if (!constant.contains(node)) {
        node.inputs().stream().filter(v -> v != null).forEach(v -> frontier.add(v));
      }
    }
    frontier.addAll(graph.outputs());
    frontier.removeIf(v -> v.node().isLeaf() || !constant.contains(v.node()));
    return frontier;
  }

  private static Map<String, Value> outputs(List<Value> values) {
    Map<String, Value> outputs = new LinkedHashMap<>();
    values.forEach(v -> outputs.put("constant_" + outputs.size(), v));
    return outputs;
  }

  private static Set<String> leafNames(Graph graph) {
    Set<String> names = new HashSet<>(graph.inputTypes().keySet());
    graph.parameters().forEach(p -> names.add(((Leaf.Parameter) p.op()).name()));
    return names;
  }

  /** Two results may have one name, as those of a kernel used twice: parameters may not. */
  private static Value leaf(Value value, Tensor tensor, Set<String> taken) {
    List<Node> sources =
        Walk.topological(List.of(value)).stream()
            .filter(n -> n.op() instanceof Leaf.Parameter)
            .toList();
    if (sources.isEmpty()) {
      return Value.constant(tensor);
    }
    String base = value.name() != null ? value.name() : sources.get(0).output().name() + "/folded";
    String name = base;
    for (int i = 1; !taken.add(name); i++) {
      name = base + "_" + i;
    }
    return Value.parameter(name, tensor, false);
  }
}
