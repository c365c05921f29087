package dev.sardonyx.nn;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.onnx.Export;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.runtime.StatefulSession;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The training step in a session, with the state that it carries from step to step in the runtime's
 * own buffers. The model's weights follow when {@link #writeBack} is called.
 */
final class StepSession implements AutoCloseable {
  private final Trainer trainer;
  private final boolean weighted;
  private final Session session;
  private final StatefulSession runner;

  /** Weights that the step takes but does not change: those of frozen layers. */
  private final Map<String, Tensor> frozen = new LinkedHashMap<>();

  private final Map<String, String> carried = new LinkedHashMap<>();
  private long step;
  private long version;
  private boolean ahead;

  private StepSession(
      Trainer trainer, boolean weighted, Graph graph, Map<String, Tensor> slots, long step) {
    this.trainer = trainer;
    this.weighted = weighted;
    this.step = step;
    this.version = trainer.model().weightStore().version();
    Map<String, Tensor> weights = trainer.model().weightValues();
    Map<String, Tensor> initial = new LinkedHashMap<>();
    graph
        .inputTypes()
        .forEach(
            (name, type) -> {
              String next = TrainingGraphs.next(name);
              if (graph.outputNames().contains(next)) {
                carried.put(name, next);
                initial.put(name, initial(name, (TensorType) type, weights, slots));
              } else if (weights.containsKey(name)) {
                frozen.put(name, weights.get(name));
              }
            });
    this.session = Session.open(OnnxFile.bytes(graph, Export.DEFAULT));
    this.runner = StatefulSession.of(session, carried, initial);
  }

  static StepSession open(Trainer trainer, boolean weighted, Map<String, Tensor> slots, long step) {
    Graph graph = Trainer.optimize(trainer.graphs(weighted).step());
    return new StepSession(trainer, weighted, graph, slots, step);
  }

  private Tensor initial(
      String name, TensorType type, Map<String, Tensor> weights, Map<String, Tensor> slots) {
    if (name.equals(TrainingGraphs.STEP)) {
      return Tensor.scalar(step);
    }
    Tensor known = weights.containsKey(name) ? weights.get(name) : slots.get(name);
    return known != null ? known : Trainer.zeros(type);
  }

  /** Whether this session still has the newest weights and takes what is to be fed. */
  boolean fits(boolean sampleWeights, long weightsVersion) {
    return weighted == sampleWeights && version == weightsVersion;
  }

  long step() {
    return step;
  }

  /** The names of what a step computes. */
  Collection<String> results() {
    return session.outputs().keySet();
  }

  Map<String, Tensor> run(Map<String, Tensor> feeds, Collection<String> wanted) {
    feeds.keySet().retainAll(session.inputs().keySet());
    feeds.putAll(frozen);
    Map<String, Tensor> results = runner.run(feeds, wanted);
    step++;
    ahead = true;
    return results;
  }

  /** Takes the last step back. */
  void undo() {
    runner.undo();
    step--;
  }

  /** Copies the state into the model's weights and {@code slots}. */
  void writeBack(Map<String, Tensor> slots) {
    if (!ahead) {
      return;
    }
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (String name : carried.keySet()) {
      if (trainer.model().weightStore().all().containsKey(name)) {
        weights.put(name, runner.state(name));
      } else if (!name.equals(TrainingGraphs.STEP)) {
        slots.put(name, runner.state(name));
      }
    }
    trainer.model().weightStore().set(weights);
    version = trainer.model().weightStore().version();
    ahead = false;
  }

  @Override
  public void close() {
    runner.close();
    session.close();
  }
}
