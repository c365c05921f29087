package dev.sardonyx.cli.product;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.testkit.Tolerance;
import java.util.List;
import java.util.Map;

/** One run of a graph, held to the expected outputs and to the inferred types. */
record OutputCheck(
    Product product, Graph graph, List<Datum> inputs, List<Datum> expected, Tolerance tolerance) {

  /** Returns whether some outputs are random by definition. */
  boolean run() {
    Unwrapped unwrapped = Unwrapped.of(graph, inputs, expected);
    RandomOutputs random = RandomOutputs.of(unwrapped.graph(), unwrapped.feeds());
    Graph asked = random.withProbes(unwrapped.graph());
    try (Session session = product.infer(asked)) {
      Map<String, Tensor> results = session.run(unwrapped.feeds());
      List<Datum> actual = unwrapped.outputs(results);
      InferredTypes.check(graph, inputs, actual);
      for (int i = 0; i < expected.size(); i++) {
        String name = graph.outputNames().get(i);
        if (!random.isRandom(name)) {
          check("output " + name, expected.get(i), actual.get(i));
        }
      }
      random.check(session, unwrapped.feeds(), results, expectedTensors());
      return !random.isEmpty();
    }
  }

  private Map<String, Tensor> expectedTensors() {
    Map<String, Tensor> tensors = new java.util.LinkedHashMap<>();
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i) instanceof Datum.Single single) {
        tensors.put(graph.outputNames().get(i), single.tensor());
      }
    }
    return tensors;
  }

  /** Lengths and presence are those expected: they were compared as the results were read. */
  private void check(String what, Datum want, Datum got) {
    if (want instanceof Datum.Single single) {
      tolerance.check(what, single.tensor(), ((Datum.Single) got).tensor());
    } else if (want instanceof Datum.Sequence sequence) {
      List<Datum> elements = ((Datum.Sequence) got).elements();
      for (int i = 0; i < elements.size(); i++) {
        check(what + "[" + i + "]", sequence.elements().get(i), elements.get(i));
      }
    } else if (want instanceof Datum.Optional optional && optional.content() != null) {
      Datum content = ((Datum.Optional) got).content();
      check(what, optional.content(), java.util.Objects.requireNonNull(content));
    }
  }
}
