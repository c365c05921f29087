package dev.sardonyx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries tensors from run to run: the parameters and optimizer slots of a training step, the
 * memory of a recurrent network. Each state is an input of the model and the output that becomes it
 * in the next run.
 *
 * <pre>{@code
 * try (StatefulSession training =
 *     StatefulSession.of(session, Map.of("w", "w_new"), Map.of("w", initial))) {
 *   for (Batch b : batches) {
 *     Tensor loss = training.run(Map.of("x", b.x(), "y", b.y()), List.of("loss")).get("loss");
 *   }
 *   Tensor w = training.state("w");
 * }
 * }</pre>
 *
 * <p>The state lies in two sets of native buffers: a run reads one and writes the other, and only
 * when it has succeeded are they swapped. So nothing is copied, and a run that fails leaves the
 * state as it was. A stateful session is for one thread at a time; calls from several wait for each
 * other. Closing it leaves the session open.
 */
public final class StatefulSession implements AutoCloseable {
  private final Session session;
  private final Map<String, String> pairs;
  private final Map<String, TensorType> feeds;
  private final Map<Dim, InputCheck.Bound> sizes;
  private final Handle handle;
  private StateBuffers current;
  private StateBuffers other;
  private boolean undoable;

  private StatefulSession(
      Session session,
      Map<String, String> pairs,
      Map<Dim, InputCheck.Bound> sizes,
      StateBuffers current,
      StateBuffers other) {
    this.session = session;
    this.pairs = pairs;
    this.feeds = new LinkedHashMap<>(session.inputs());
    this.feeds.keySet().removeAll(pairs.keySet());
    this.sizes = sizes;
    this.current = current;
    this.other = other;
    this.handle =
        new Handle(
            this,
            "stateful session of " + session.name(),
            () -> {
              current.close();
              other.close();
            });
  }

  /**
   * A session that carries state.
   *
   * @param session the model; it stays open when the stateful session is closed
   * @param pairs for every state, the input that reads it and the output that becomes it (RT-040)
   * @param initial a tensor for every state, by the input's name; it is copied. Its shape is the
   *     state's for good
   */
  public static StatefulSession of(
      Session session, Map<String, String> pairs, Map<String, Tensor> initial) {
    session.nativeSession().requireOpen();
    Map<String, String> checked = StateCheck.pairs(session, pairs);
    Map<Dim, InputCheck.Bound> sizes = StateCheck.initial(session, checked, initial);
    StateBuffers current = new StateBuffers(session.name(), checked, initial);
    StateBuffers other = new StateBuffers(session.name(), checked, initial);
    return new StatefulSession(session, checked, sizes, current, other);
  }

  /** One run without a deadline. */
  public Map<String, Tensor> run(Map<String, Tensor> inputs, Collection<String> outputs) {
    return run(inputs, outputs, null);
  }

  /**
   * One run, after which the state is the new one. If it fails, the state is that before the run.
   *
   * @param inputs a tensor for every input that is no state; their shapes may change from run to
   *     run where the model allows it
   * @param outputs the outputs that are wanted, which may be none; those that are state are copied
   * @param deadline when to give the run up, or null for never
   * @return the outputs in the order of {@code outputs}
   */
  public synchronized Map<String, Tensor> run(
      Map<String, Tensor> inputs, Collection<String> outputs, @Nullable Duration deadline) {
    requireOpen();
    Set<String> wanted =
        outputs.isEmpty() ? Set.of() : session.signature().outputs(outputs, session.name());
    for (String name : inputs.keySet()) {
      if (pairs.containsKey(name)) {
        throw StateRefusal.fedState(name);
      }
    }
    InputCheck.check(feeds, inputs, sizes);
    Set<String> requested = new LinkedHashSet<>(wanted);
    requested.removeAll(other.asOutputs().keySet());
    try (NativeInputs in = new NativeInputs(session.name(), inputs)) {
      Map<String, OnnxTensor> all = new LinkedHashMap<>(in.values());
      all.putAll(current.asInputs());
      Map<String, Tensor> results =
          session
              .nativeSession()
              .run(all, requested, other.asOutputs(), deadline, r -> read(wanted, r));
      swap();
      undoable = true;
      return results;
    }
  }

  private Map<String, Tensor> read(Set<String> wanted, OrtSession.Result result)
      throws OrtException {
    Map<String, Tensor> results = new LinkedHashMap<>();
    for (String name : wanted) {
      Tensor state = other.copyOfOutput(name);
      results.put(name, state != null ? state : NativeOutputs.copied(name, result));
    }
    return results;
  }

  private void swap() {
    StateBuffers read = current;
    current = other;
    other = read;
  }

  /**
   * Takes back the last run: the state is again the one that it read. Possible once after every run
   * that succeeded (RT-042), for instance when the loss has become NaN.
   */
  public synchronized void undo() {
    requireOpen();
    if (!undoable) {
      throw StateRefusal.nothingToUndo(session.name());
    }
    swap();
    undoable = false;
  }

  /** A copy of the state that input {@code name} reads. */
  public synchronized Tensor state(String name) {
    requireOpen();
    requireState(name);
    return current.copy(name);
  }

  /** Copies of all states, by the names of their inputs, in the order of the model's inputs. */
  public synchronized Map<String, Tensor> states() {
    requireOpen();
    Map<String, Tensor> all = new LinkedHashMap<>();
    pairs.keySet().forEach(name -> all.put(name, current.copy(name)));
    return all;
  }

  /** Replaces a state by a copy of {@code value}, which has its type and shape (RT-041). */
  public synchronized void setState(String name, Tensor value) {
    requireOpen();
    requireState(name);
    current.set(name, value);
    if (name.equals(pairs.get(name))) {
      other.set(name, value);
    }
    undoable = false;
  }

  private void requireState(String name) {
    if (!pairs.containsKey(name)) {
      throw StateRefusal.noSuchState(name, pairs);
    }
  }

  private void requireOpen() {
    session.nativeSession().requireOpen();
    if (handle.isClosed()) {
      throw StateRefusal.closed(session.name());
    }
  }

  @Override
  public synchronized void close() {
    handle.close();
  }
}
