package dev.sardonyx.cli.product;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.losses.Loss;
import dev.sardonyx.runtime.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A loss and its gradient with respect to the predictions, for this batch and for any. */
record LossCheck(Product product, KerasReference reference) {
  void run() {
    Loss loss = reference.make("loss", Loss.class);
    check(loss, false);
    check(loss, true);
  }

  private void check(Loss loss, boolean anyBatch) {
    Map<String, Tensor> feeds = reference.present("y_true", "y_pred", "sample_weight");
    Map<String, Value> inputs = inputs(feeds, anyBatch);
    Value guess = inputs.get("y_pred");
    Value value = loss.apply(inputs.get("y_true"), guess, inputs.get("sample_weight"));
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("loss", value);
    outputs.put("gradient", Gradients.of(value).wrt(guess).values().get(0));
    Graph graph = Graph.of("loss", List.copyOf(inputs.values()), outputs);
    try (Session session = product.train(graph)) {
      session
          .run(feeds)
          .forEach((name, tensor) -> reference.check(name, reference.array(name), tensor));
    }
  }

  /** Inputs for the arrays; where any batch will do, their first axis is of any extent. */
  static Map<String, Value> inputs(Map<String, Tensor> arrays, boolean anyBatch) {
    Map<String, Value> inputs = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          TensorType type = array.type();
          inputs.put(
              name,
              Value.input(
                  name, anyBatch ? type.with(type.shape().with(0, Dim.symbol("N"))) : type));
        });
    return inputs;
  }
}
