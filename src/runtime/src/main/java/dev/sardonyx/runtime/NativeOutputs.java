package dev.sardonyx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.ir.type.Codes;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where the outputs of a run go: those whose shape is known beforehand are pinned, that is, written
 * by ONNX Runtime straight into our buffers; the others it allocates, and they are copied.
 */
final class NativeOutputs implements AutoCloseable {
  /** A shape in a file is only a claim: no more than this is allocated for it in advance. */
  private static final long LARGEST_PINNED = 256L << 20;

  private final Signature signature;
  private final Set<String> wanted;
  private final Set<String> requested;
  private final Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * @param wanted the outputs, in the order of the results
   * @param shapes the shapes of those that are known
   */
  NativeOutputs(String model, Signature signature, Set<String> wanted, Map<String, long[]> shapes) {
    this.signature = signature;
    this.wanted = wanted;
    this.requested = new LinkedHashSet<>(wanted);
    try {
      for (String name : wanted) {
        long[] dims = shapes.get(name);
        ElementType element = signature.outputs().get(name).element();
        // An output that is an input is not computed, so that a pinned buffer would stay empty.
        if (dims != null && isPinnable(element, dims) && !signature.inputs().containsKey(name)) {
          pin(name, element, dims);
        }
      }
    } catch (OrtException e) {
      close();
      throw Refusal.failedRun(model, Map.of(), e);
    }
  }

  static boolean isPinnable(ElementType element, long[] dims) {
    if (Elements.overBuffers(element) == null) {
      return false;
    }
    double bytes = element.bits() / 8.0;
    for (long dim : dims) {
      bytes *= dim;
    }
    return bytes <= LARGEST_PINNED;
  }

  private void pin(String name, ElementType element, long[] dims) throws OrtException {
    ByteBuffer buffer = Tensor.allocate(element, dims);
    pinned.put(name, NativeTensors.over(element, dims, buffer));
    tensors.put(name, Tensor.wrap(element, dims, buffer));
    requested.remove(name);
  }

  Set<String> requested() {
    return requested;
  }

  Map<String, OnnxTensor> pinned() {
    return pinned;
  }

  /** The results, in the order wanted; those that are pinned are views of the buffers. */
  Map<String, Tensor> read(OrtSession.Result result) throws OrtException {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (String name : wanted) {
      Tensor tensor = tensors.get(name);
      all.put(name, tensor != null ? tensor : decoded(name, copied(name, result)));
    }
    return all;
  }

  /** The runtime gives codes for elements of at most eight bits. */
  private Tensor decoded(String name, Tensor tensor) {
    ElementType element = signature.outputs().get(name).element();
    return Codes.areFor(element) ? Codes.decode(element, tensor) : tensor;
  }

  static Tensor copied(String name, OrtSession.Result result) throws OrtException {
    return NativeTensors.copy(name, result.get(name).orElseThrow());
  }

  @Override
  public void close() {
    closeAll(pinned.values());
  }

  static void closeAll(Collection<OnnxTensor> values) {
    values.forEach(OnnxTensor::close);
  }
}
