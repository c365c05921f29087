package dev.sardonyx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The native inputs and outputs of repeated runs with the same input shapes. */
final class Binding implements AutoCloseable {
  private final Session session;
  private final Map<String, ByteBuffer> buffers = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private NativeOutputs outputs;
  private boolean learning = true;

  /**
   * @param types what goes in: fixed shapes of element types that can lie over buffers
   */
  Binding(Session session, Map<String, TensorType> types) {
    this.session = session;
    try {
      for (Map.Entry<String, TensorType> e : types.entrySet()) {
        long[] dims = e.getValue().shape().fixed();
        ByteBuffer buffer = Tensor.allocate(e.getValue().element(), dims);
        buffers.put(e.getKey(), buffer);
        inputs.put(e.getKey(), NativeTensors.over(e.getValue().element(), dims, buffer));
      }
    } catch (OrtException e) {
      NativeOutputs.closeAll(inputs.values());
      throw Refusal.failedRun(session.name(), Map.of(), e);
    }
    outputs = outputs(Map.of());
  }

  private NativeOutputs outputs(Map<String, long[]> shapes) {
    return new NativeOutputs(
        session.name(),
        session.signature(),
        session.signature().allOutputs(session.name()),
        shapes);
  }

  /** The buffer to fill before a run. */
  ByteBuffer buffer(String input) {
    return buffers.get(input);
  }

  /**
   * Runs on what the buffers hold. The results are views: they change at the next run.
   *
   * <p>The first run finds out the shapes of the outputs; from the second on they are pinned. A
   * model whose output shapes depend on the data fails then, and is not pinned again.
   */
  Map<String, Tensor> run() {
    if (outputs.pinned().isEmpty()) {
      Map<String, Tensor> results = call();
      if (learning) {
        outputs = outputs(shapes(results));
        learning = false;
      }
      return results;
    }
    try {
      return call();
    } catch (DiagnosticException e) {
      if (!Refusal.isFailedRun(e)) {
        throw e;
      }
    }
    return unpinned();
  }

  /** The shapes may have changed, or the model may have refused the data. */
  private Map<String, Tensor> unpinned() {
    NativeOutputs pinned = outputs;
    outputs = outputs(Map.of());
    try {
      Map<String, Tensor> results = call();
      pinned.close();
      return results;
    } catch (DiagnosticException e) {
      outputs = pinned;
      throw e;
    }
  }

  private Map<String, Tensor> call() {
    return session
        .nativeSession()
        .run(inputs, outputs.requested(), outputs.pinned(), null, this::read);
  }

  private Map<String, Tensor> read(OrtSession.Result result) throws OrtException {
    return outputs.read(result);
  }

  /** The native values that it holds. */
  List<OnnxTensor> values() {
    List<OnnxTensor> all = new ArrayList<>(inputs.values());
    all.addAll(outputs.pinned().values());
    return all;
  }

  private static Map<String, long[]> shapes(Map<String, Tensor> results) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    results.forEach((name, tensor) -> shapes.put(name, tensor.dims()));
    return shapes;
  }

  @Override
  public void close() {
    NativeOutputs.closeAll(values());
  }
}
