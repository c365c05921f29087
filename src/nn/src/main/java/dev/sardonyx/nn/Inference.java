package dev.sardonyx.nn;

import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.runtime.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Predictions of a model: its inference graph in a session, made anew when weights have changed.
 */
final class Inference implements AutoCloseable {
  private final Model model;
  private final Map<String, Tensor> states = new LinkedHashMap<>();
  private @Nullable Session session;
  private long version = -1;

  Inference(Model model) {
    this.model = model;
  }

  /** The graph for inference after all passes, its weights final. */
  static Graph graph(Model model) {
    return Pipeline.inference(Graphs.EVALUATOR).run(model.graph());
  }

  List<Tensor> predict(List<Tensor> x, int batchSize) {
    List<Tensor> samples = model.preprocess(x);
    List<String> names = List.copyOf(model.preprocessing().graphInputs().keySet());
    long rows = Samples.count(samples);
    List<List<Tensor>> parts = new ArrayList<>();
    model.outputNames().forEach(n -> parts.add(new ArrayList<>()));
    long from = 0;
    do {
      long to = Math.min(rows, from + batchSize);
      Map<String, Tensor> feeds = new LinkedHashMap<>();
      for (int i = 0; i < samples.size(); i++) {
        feeds.put(names.get(i), samples.get(i).rows(from, to));
      }
      Map<String, Tensor> results = run(feeds);
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).add(results.get(model.outputNames().get(i)));
      }
      from = to;
    } while (from < rows);
    return parts.stream().map(Samples::concat).toList();
  }

  /** One batch, and what stateful layers keep for the next. */
  private Map<String, Tensor> run(Map<String, Tensor> feeds) {
    Session run = session();
    run.inputs()
        .forEach(
            (name, type) -> {
              if (!feeds.containsKey(name)) {
                feeds.put(name, states.computeIfAbsent(name, n -> zeros(type)));
              }
            });
    Map<String, Tensor> results = run.run(feeds);
    states.replaceAll((name, before) -> results.get(TrainingGraphs.next(name)));
    return results;
  }

  private static Tensor zeros(TensorType type) {
    return Tensor.zeros(type.element(), type.shape().fixed());
  }

  /** Begins with zeros again. */
  void resetStates() {
    states.clear();
  }

  private Session session() {
    long now = model.weightStore().version();
    if (session == null || version != now) {
      close();
      session = Graphs.open(graph(model));
      version = now;
    }
    return session;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
