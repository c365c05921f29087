package dev.sardonyx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.sardonyx.ir.type.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Native values over the tensors of one run; they are freed together. */
final class NativeInputs implements AutoCloseable {
  private final Map<String, OnnxTensor> values = new LinkedHashMap<>();

  NativeInputs(String model, Map<String, Tensor> tensors) {
    try {
      for (Map.Entry<String, Tensor> e : tensors.entrySet()) {
        values.put(e.getKey(), NativeTensors.of(e.getKey(), e.getValue()));
      }
    } catch (OrtException e) {
      close();
      throw Refusal.failedRun(model, Map.of(), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  Map<String, OnnxTensor> values() {
    return values;
  }

  @Override
  public void close() {
    values.values().forEach(OnnxTensor::close);
  }
}
