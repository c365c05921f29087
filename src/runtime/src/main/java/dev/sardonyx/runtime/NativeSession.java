package dev.sardonyx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A native session that cannot be freed under a run: it counts the runs in flight, and closing it
 * asks them to stop, waits for them and only then frees it.
 */
final class NativeSession implements AutoCloseable {
  /** Takes what it needs from a result, which is closed afterwards. */
  interface Reader<T> {
    T read(OrtSession.Result result) throws OrtException;
  }

  private final String name;
  private final OrtSession session;
  private final OrtSession.SessionOptions options;
  private final Set<RunInFlight> running = new HashSet<>();
  private boolean closed;

  NativeSession(String name, OrtSession session, OrtSession.SessionOptions options) {
    this.name = name;
    this.session = session;
    this.options = options;
  }

  String name() {
    return name;
  }

  /**
   * One run.
   *
   * @param inputs a value for every input; they stay the caller's
   * @param requested outputs that ONNX Runtime allocates
   * @param pinned outputs that are written into the caller's own values
   * @param deadline when to give up, or null for never
   */
  <T> T run(
      Map<String, OnnxTensor> inputs,
      Set<String> requested,
      Map<String, ? extends OnnxValue> pinned,
      @Nullable Duration deadline,
      Reader<T> reader) {
    RunInFlight run = begin(deadline);
    try (OrtSession.Result result = session.run(inputs, requested, pinned, run.options())) {
      return reader.read(result);
    } catch (OrtException e) {
      throw run.refusal(e, inputs);
    } finally {
      end(run);
    }
  }

  private synchronized RunInFlight begin(@Nullable Duration deadline) {
    requireOpen();
    RunInFlight run = new RunInFlight(name, deadline);
    running.add(run);
    return run;
  }

  private synchronized void end(RunInFlight run) {
    run.close();
    running.remove(run);
    notifyAll();
  }

  synchronized void requireOpen() {
    if (closed) {
      throw Refusal.closed(name);
    }
  }

  /** Called once, by the session's {@link Handle}. */
  @Override
  public void close() {
    boolean interrupted = false;
    synchronized (this) {
      closed = true;
      running.forEach(r -> r.stop(RunInFlight.Stop.SESSION_CLOSED));
      while (!running.isEmpty()) {
        try {
          wait();
        } catch (InterruptedException e) {
          // Freeing now would pull the memory from under a run.
          interrupted = true;
        }
      }
    }
    free(session, options);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Frees a session that nothing uses, and then its options. */
  static void free(@Nullable OrtSession session, OrtSession.SessionOptions options) {
    try (options) {
      if (session != null) {
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed to free a session", e);
    }
  }
}
