package dev.sardonyx.nn;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.compiler.Target;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Training as files that any ONNX runtime can run. Each graph says in its metadata what its inputs
 * are: {@code sardonyx.state} pairs what goes in with what comes out, and {@code sardonyx.feeds}
 * names the batch and the scalars.
 */
final class TrainingFiles {
  private TrainingFiles() {}

  static void write(Trainer trainer, Path directory) {
    Graph step = trainer.graph(false, TrainingGraphs::step);
    write(trainer, step, directory.resolve("train_step.onnx"));
    write(
        trainer,
        trainer.graph(false, TrainingGraphs::gradients),
        directory.resolve("gradients.onnx"));
    write(
        trainer,
        trainer.graph(false, TrainingGraphs::evaluation),
        directory.resolve("eval_step.onnx"));
    Map<String, Tensor> state = state(trainer, step);
    Safetensors.write(directory.resolve("checkpoint.safetensors"), state, Map.of());
  }

  /** The weights, slots and step that the training step begins with. */
  private static Map<String, Tensor> state(Trainer trainer, Graph step) {
    Map<String, Tensor> known = new LinkedHashMap<>(trainer.state());
    known.putAll(trainer.model().weightValues());
    Map<String, Tensor> state = new LinkedHashMap<>();
    step.inputTypes()
        .forEach(
            (name, type) -> {
              if (known.containsKey(name)) {
                state.put(name, known.get(name));
              } else if (name.startsWith(TrainingGraphs.OPTIMIZER)) {
                state.put(name, Trainer.zeros((TensorType) type));
              }
            });
    return state;
  }

  private static void write(Trainer trainer, Graph graph, Path file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("sardonyx.state", json(statePairs(graph)));
    metadata.put("sardonyx.feeds", json(feeds(trainer.model(), graph)));
    Target.Prepared prepared = Target.opsetFrom(Export.DEFAULT.opset()).prepare(graph);
    Graph written = prepared.graph().withInfo(new Graph.Info(null, metadata));
    OnnxFile.write(written, file, Export.atOpset(prepared.opset()));
  }

  private static List<Map<String, String>> statePairs(Graph graph) {
    List<Map<String, String>> pairs = new ArrayList<>();
    for (String input : graph.inputTypes().keySet()) {
      if (graph.outputNames().contains(TrainingGraphs.next(input))) {
        Map<String, String> pair = new LinkedHashMap<>();
        pair.put("input", input);
        pair.put("output", TrainingGraphs.next(input));
        pairs.add(pair);
      }
    }
    return pairs;
  }

  private static Map<String, Object> feeds(Model model, Graph graph) {
    Map<String, Object> feeds = new LinkedHashMap<>();
    List<String> batch = new ArrayList<>(model.preprocessing().graphInputs().keySet());
    for (int i = 0; i < model.outputNames().size(); i++) {
      batch.add(TrainingGraphs.targetName(model, i));
    }
    batch.retainAll(graph.inputTypes().keySet());
    feeds.put("batch", batch);
    for (String scalar : List.of(TrainingGraphs.LEARNING_RATE, TrainingGraphs.RANDOM_KEY)) {
      if (graph.inputTypes().containsKey(scalar)) {
        feeds.put(scalar, scalar);
      }
    }
    feeds.put(TrainingGraphs.LOSS, TrainingGraphs.LOSS);
    return feeds;
  }

  private static String json(Object value) {
    try {
      return JSON.std.asString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
