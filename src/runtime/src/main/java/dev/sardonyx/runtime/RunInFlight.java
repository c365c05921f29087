package dev.sardonyx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A run that can be stopped, by its deadline or because its session closes. */
final class RunInFlight implements AutoCloseable {
  /** Why a run was stopped. */
  enum Stop {
    NO,
    DEADLINE,
    SESSION_CLOSED
  }

  private final String session;
  private final @Nullable Duration deadline;
  private final OrtSession.RunOptions options;
  private final @Nullable Future<?> alarm;
  private Stop stop = Stop.NO;
  private boolean ended;

  RunInFlight(String session, @Nullable Duration deadline) {
    this.session = session;
    this.deadline = deadline;
    try {
      // Terminating is for good, so that every run has options of its own.
      options = new OrtSession.RunOptions();
    } catch (OrtException e) {
      throw Refusal.failedRun(session, Map.of(), e);
    }
    alarm = deadline == null ? null : Deadlines.after(deadline, () -> stop(Stop.DEADLINE));
  }

  OrtSession.RunOptions options() {
    return options;
  }

  /** Asks ONNX Runtime to stop before the next operator. Harmless after the run has ended. */
  synchronized void stop(Stop why) {
    if (ended || stop != Stop.NO) {
      return;
    }
    stop = why;
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot stop a run of " + session, e);
    }
  }

  /** What to tell the caller whose run failed. */
  synchronized DiagnosticException refusal(OrtException failure, Map<String, OnnxTensor> inputs) {
    if (stop == Stop.DEADLINE && deadline != null) {
      return Refusal.deadline(session, deadline);
    }
    return stop == Stop.SESSION_CLOSED
        ? Refusal.terminatedByClose(session, failure)
        : Refusal.failedRun(session, NativeTensors.types(inputs), failure);
  }

  @Override
  public synchronized void close() {
    if (alarm != null) {
      alarm.cancel(false);
    }
    ended = true;
    options.close();
  }
}
