package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.regularizers.Regularizer;
import dev.sardonyx.runtime.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What is attached to weights: a regularizer, a constraint, or an initializer without chance. */
record PartCheck(Product product, KerasReference reference) {
  void run() {
    if (reference.notes().containsKey("regularizer")) {
      Value weight = weight();
      Value penalty = reference.make("regularizer", Regularizer.class).penalty(weight);
      Map<String, Value> outputs = new LinkedHashMap<>();
      outputs.put("value", penalty);
      outputs.put("gradient", Gradients.of(penalty).wrt(weight).values().get(0));
      check(weight, outputs);
    } else if (reference.notes().containsKey("constraint")) {
      Value weight = weight();
      Constraint constraint = reference.make("constraint", Constraint.class);
      check(weight, Map.of("projected", constraint.project(weight)));
    } else if (reference.notes().containsKey("initializer")) {
      Tensor expected = reference.array("value");
      Initializer initializer = reference.make("initializer", Initializer.class);
      float[] elements = initializer.generate(expected.dims(), new SplittableRandom(0));
      reference.check("value", expected, Tensor.of(elements, expected.dims()));
    } else {
      throw new Mismatch("case.json has no regularizer, constraint or initializer");
    }
  }

  private Value weight() {
    return Value.input("w", reference.array("w").type());
  }

  private void check(Value weight, Map<String, Value> outputs) {
    try (Session session = product.train(Graph.of("part", List.of(weight), outputs))) {
      session
          .run(Map.of("w", reference.array("w")))
          .forEach((name, actual) -> reference.check(name, reference.array(name), actual));
    }
  }
}
