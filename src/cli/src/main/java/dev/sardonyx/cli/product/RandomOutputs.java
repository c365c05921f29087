package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.runtime.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The outputs of a graph that are random by definition: the standard says how they are distributed,
 * not what they are. The graph runs until there are enough of them to tell.
 */
final class RandomOutputs {
  /** With so many numbers the mean of a distribution shows to a few percent of its width. */
  private static final long ENOUGH = 10_000;

  private static final int MAX_RUNS = 1000;

  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final Map<String, Value> probes = new LinkedHashMap<>();

  private RandomOutputs() {}

  /**
   * Finds them.
   *
   * @param feeds the graph's inputs: whether a Dropout trains may be one of them
   */
  static RandomOutputs of(Graph graph, Map<String, Tensor> feeds) {
    RandomOutputs random = new RandomOutputs();
    Set<Node> touched = new HashSet<>();
    for (Node node : graph.nodes()) {
      boolean inherits =
          !Randomness.forgetsValues(node)
              && node.inputs().stream()
                  .filter(Objects::nonNull)
                  .anyMatch(input -> touched.contains(input.node()));
      if (inherits || Randomness.isRandom(node, feeds)) {
        touched.add(node);
      }
    }
    for (int i = 0; i < graph.outputs().size(); i++) {
      Value output = graph.outputs().get(i);
      if (touched.contains(output.node())) {
        random.outputs.put(graph.outputNames().get(i), output);
      }
    }
    random.outputs.forEach((name, output) -> random.probe(name, output, feeds));
    return random;
  }

  /** What a random operator takes says how its results are distributed. */
  private void probe(String name, Value output, Map<String, Tensor> feeds) {
    if (Randomness.isRandom(output.node(), feeds)) {
      for (int i = 0; i < output.node().inputs().size(); i++) {
        if (output.node().hasInput(i)) {
          probes.put(probeName(name, i), output.node().input(i));
        }
      }
    }
  }

  private static String probeName(String output, int input) {
    return "input " + input + " of " + output;
  }

  boolean isEmpty() {
    return outputs.isEmpty();
  }

  boolean isRandom(String output) {
    // What comes out of a container is called after it.
    return outputs.keySet().stream()
        .anyMatch(
            name ->
                name.equals(output)
                    || name.startsWith(output)
                        && "#[?!".indexOf(name.charAt(output.length())) >= 0);
  }

  /** The graph with further outputs, where they are needed to tell a distribution. */
  Graph withProbes(Graph graph) {
    if (probes.isEmpty()) {
      return graph;
    }
    Map<String, Value> all = new LinkedHashMap<>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      all.put(graph.outputNames().get(i), graph.outputs().get(i));
    }
    all.putAll(probes);
    return Graph.of(graph.name(), graph.inputs(), all);
  }

  /**
   * Throws a {@link Mismatch} where an output cannot be of its distribution.
   *
   * @param first the results of a run
   * @param expected samples of the same distributions, by output, made by the standard
   */
  void check(
      Session session,
      Map<String, Tensor> feeds,
      Map<String, Tensor> first,
      Map<String, Tensor> expected) {
    if (outputs.isEmpty()) {
      return;
    }
    List<Map<String, Tensor>> runs = new ArrayList<>(List.of(first));
    long size = outputs.keySet().stream().mapToLong(name -> first.get(name).size()).min().orElse(0);
    while (size > 0 && size * runs.size() < ENOUGH && runs.size() < MAX_RUNS) {
      Map<String, Tensor> next = session.run(feeds);
      if (next.equals(runs.get(runs.size() - 1))) {
        // The seed is part of the model, so that one run is all there is.
        break;
      }
      runs.add(next);
    }
    outputs.forEach((name, output) -> check(name, output, runs, expected.get(name), feeds));
  }

  private void check(
      String name,
      Value output,
      List<Map<String, Tensor>> runs,
      Tensor expected,
      Map<String, Tensor> feeds) {
    for (Map<String, Tensor> run : runs) {
      if (expected != null && !run.get(name).type().equals(expected.type())) {
        throw new Mismatch(
            "output %s: expected %s, got %s"
                .formatted(name, expected.type(), run.get(name).type()));
      }
    }
    boolean direct = Randomness.isRandom(output.node(), feeds);
    for (Map<String, Tensor> run : runs) {
      if (direct) {
        Randomness.checkValues(name, output, run.get(name), inputs(name, output, run));
      }
    }
    List<Tensor> samples = runs.stream().map(run -> run.get(name)).toList();
    if (direct) {
      Randomness.checkMoments(name, output, samples, inputs(name, output, runs.get(0)));
    } else if (expected != null) {
      Moments.of(samples).requireLike(name, Moments.of(List.of(expected)));
    }
  }

  private static List<Tensor> inputs(String name, Value output, Map<String, Tensor> run) {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < output.node().inputs().size(); i++) {
      inputs.add(run.get(probeName(name, i)));
    }
    return inputs;
  }
}
