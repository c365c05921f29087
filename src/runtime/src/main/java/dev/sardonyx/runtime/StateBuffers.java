package dev.sardonyx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.sardonyx.ir.type.Tensor;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the two places in which the state of a stateful session lies. Each native value serves as
 * an input of the model in one run and as the pinned output of the next. It is never both in one
 * run: ONNX Runtime would then use a weight after it was overwritten.
 */
final class StateBuffers implements AutoCloseable {
  private record State(Tensor view, ByteBuffer buffer) {}

  private final Map<String, State> states = new LinkedHashMap<>();
  private final Map<String, String> inputOfOutput = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> asInputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> asOutputs = new LinkedHashMap<>();

  /**
   * @param pairs states: input to output
   * @param initial values by input
   */
  StateBuffers(String model, Map<String, String> pairs, Map<String, Tensor> initial) {
    try {
      for (Map.Entry<String, String> pair : pairs.entrySet()) {
        add(pair.getKey(), pair.getValue(), initial.get(pair.getKey()));
      }
    } catch (OrtException e) {
      close();
      throw Refusal.failedRun(model, Map.of(), e);
    }
  }

  private void add(String input, String output, Tensor value) throws OrtException {
    ByteBuffer buffer = Tensor.allocate(value.element(), value.dims());
    states.put(input, new State(Tensor.wrap(value.element(), value.dims(), buffer), buffer));
    set(input, value);
    OnnxTensor shared = NativeTensors.over(value.element(), value.dims(), buffer);
    asInputs.put(input, shared);
    // An output that is the input itself is not computed: that state stays as it is.
    if (!output.equals(input)) {
      asOutputs.put(output, shared);
    }
    inputOfOutput.put(output, input);
  }

  Map<String, OnnxTensor> asInputs() {
    return asInputs;
  }

  Map<String, OnnxTensor> asOutputs() {
    return asOutputs;
  }

  void set(String input, Tensor value) {
    State state = states.get(input);
    if (!state.view().type().equals(value.type())) {
      throw StateRefusal.changedType(input, state.view().type(), value.type());
    }
    state.buffer().duplicate().put(value.bytes());
  }

  Tensor copy(String input) {
    return NativeTensors.copy(states.get(input).view());
  }

  /** A copy of the state that an output has become, or null if it is no state. */
  @Nullable Tensor copyOfOutput(String output) {
    String input = inputOfOutput.get(output);
    return input == null ? null : copy(input);
  }

  @Override
  public void close() {
    NativeOutputs.closeAll(asInputs.values());
  }
}
