package dev.sardonyx.nn;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.layers.Weight;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.runtime.StatefulSession;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The training step in a session, with the state that it carries from step to step in the runtime's
 * own buffers. It gives weights back when somebody asks for them, and takes over those that
 * somebody else has changed.
 */
final class StepSession implements AutoCloseable {
  private final WeightStore store;
  private final boolean weighted;
  private final Session session;
  private final StatefulSession runner;
  private final Runnable bring = this::writeBack;
  private final Map<String, Weight> weights = new LinkedHashMap<>();

  /** Of each weight the version that the session has. */
  private final Map<Weight, Long> versions = new LinkedHashMap<>();

  /** Weights that the step takes but does not change: those of frozen layers. */
  private final Map<String, Tensor> frozen = new LinkedHashMap<>();

  private final Map<String, String> carried = new LinkedHashMap<>();
  private long step;
  private boolean ahead;

  /**
   * @param graph the graph of one step
   * @param slots the optimizer's slots by name; those that are missing start at zero
   */
  StepSession(
      WeightStore store, boolean weighted, Graph graph, Map<String, Tensor> slots, long step) {
    this.store = store;
    this.weighted = weighted;
    this.step = step;
    Map<String, Tensor> initial = new LinkedHashMap<>();
    graph
        .inputTypes()
        .forEach(
            (name, type) -> {
              String next = TrainingGraphs.next(name);
              if (graph.outputNames().contains(next)) {
                carried.put(name, next);
                initial.put(name, initial(name, (TensorType) type, slots));
              }
              if (store.all().containsKey(name)) {
                weights.put(name, store.all().get(name));
              }
            });
    this.session = Graphs.open(graph);
    this.runner = StatefulSession.of(session, carried, initial);
  }

  private Tensor initial(String name, TensorType type, Map<String, Tensor> slots) {
    if (name.equals(TrainingGraphs.STEP)) {
      return Tensor.scalar(step);
    }
    Weight weight = store.all().get(name);
    Tensor known = weight != null ? store.value(weight) : slots.get(name);
    return known != null ? known : Trainer.zeros(type);
  }

  /** Whether the step takes sample weights. */
  boolean isWeighted() {
    return weighted;
  }

  long step() {
    return step;
  }

  /** The names of what a step computes. */
  Collection<String> results() {
    return session.outputs().keySet();
  }

  Map<String, Tensor> run(Map<String, Tensor> feeds, Collection<String> wanted) {
    weights.forEach(this::refresh);
    feeds.keySet().retainAll(session.inputs().keySet());
    feeds.putAll(frozen);
    Map<String, Tensor> results = runner.run(feeds, wanted);
    step++;
    if (!ahead) {
      ahead = true;
      carriedWeights().values().forEach(weight -> weight.heldBy(bring));
    }
    return results;
  }

  /** Takes over a weight that has changed outside. */
  private void refresh(String name, Weight weight) {
    if (weight.isHeldBy(bring)) {
      return;
    }
    Tensor value = store.value(weight);
    Long seen = versions.put(weight, weight.version());
    if (seen == null || seen != weight.version()) {
      if (carried.containsKey(name)) {
        runner.setState(name, value);
      } else {
        frozen.put(name, value);
      }
    }
  }

  private Map<String, Weight> carriedWeights() {
    Map<String, Weight> all = new LinkedHashMap<>(weights);
    all.keySet().retainAll(carried.keySet());
    return all;
  }

  /** Takes the last step back. */
  void undo() {
    runner.undo();
    step--;
  }

  /** Copies the weights out of the session, if it has newer ones. */
  void writeBack() {
    if (ahead) {
      ahead = false;
      carriedWeights()
          .forEach(
              (name, weight) -> {
                weight.set(runner.state(name));
                versions.put(weight, weight.version());
              });
    }
  }

  /** The optimizer's slots. */
  Map<String, Tensor> slots() {
    Map<String, Tensor> slots = new LinkedHashMap<>(runner.states());
    slots.keySet().removeAll(weights.keySet());
    slots.remove(TrainingGraphs.STEP);
    return slots;
  }

  @Override
  public void close() {
    writeBack();
    runner.close();
    session.close();
  }
}
