package dev.sardonyx.conformance;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Compilation;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.losses.Loss;
import dev.sardonyx.nn.metrics.Metric;
import dev.sardonyx.nn.optimizers.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the models of cases from what Keras says of them. */
final class KerasModels {
  private KerasModels() {}

  /** The model, compiled as in Keras, with the case's first weights. */
  static Model compiled(KerasCase reference) {
    Model model = Model.fromConfig(reference.architecture());
    setWeights(model, reference, "0");
    List<Object> losses = ofOutputs(reference, "loss");
    Compilation compilation =
        Compilation.of(
            Config.create(Optimizer.class, "optimizer", reference.object("optimizer")),
            losses.stream()
                .map(loss -> Config.create(Loss.class, "loss", loss))
                .toArray(Loss[]::new));
    if (reference.description().get("loss_weights") instanceof Map<?, ?> weights) {
      compilation.lossWeights(
          reference.list("outputs").stream()
              .mapToDouble(output -> ((Number) weights.get(output)).doubleValue())
              .toArray());
    }
    for (Object ofOutput : ofOutputs(reference, "metrics")) {
      compilation.metrics(
          ((List<?>) ofOutput)
              .stream()
                  .map(metric -> Config.create(Metric.class, "metric", metric))
                  .toArray(Metric[]::new));
    }
    model.compile(compilation);
    return model;
  }

  /** What the case says of each output, in order: one thing, or a dictionary. */
  private static List<Object> ofOutputs(KerasCase reference, String key) {
    Object value = reference.description().get(key);
    if (reference.list("outputs").size() == 1) {
      return List.of(value);
    }
    List<Object> all = new ArrayList<>();
    reference.list("outputs").forEach(output -> all.add(((Map<?, ?>) value).get(output)));
    return all;
  }

  /** Keras's weights in order are ours in order: every shape is checked. */
  static void setWeights(Model model, KerasCase reference, String moment) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    int i = 0;
    for (String name : model.weightValues().keySet()) {
      values.put(name, reference.array("w%d_%s".formatted(i++, moment)));
    }
    model.setWeights(values);
  }
}
