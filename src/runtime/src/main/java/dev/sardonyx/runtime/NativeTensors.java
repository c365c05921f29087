package dev.sardonyx.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.sardonyx.ir.type.Codes;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tensors as native values and back. */
final class NativeTensors {
  private NativeTensors() {}

  /**
   * A native value over the tensor's own memory; strings and wide unsigned types are copied, and
   * elements of at most eight bits become their codes.
   */
  static OnnxTensor of(String name, Tensor tensor) throws OrtException {
    if (Codes.areFor(tensor.element())) {
      return of(name, Codes.of(tensor));
    }
    if (tensor.element() == ElementType.STRING) {
      requirePlain(name, tensor.strings());
      return OnnxTensor.createTensor(
          OnnxRuntimeLibrary.environment(), tensor.strings().toArray(String[]::new), tensor.dims());
    }
    if (UnsignedTensors.isUnsigned(tensor.element())) {
      return UnsignedTensors.copy(tensor);
    }
    return over(tensor.element(), tensor.dims(), tensor.bytes());
  }

  /** A native value over {@code buffer}, which must be direct and outlive it. */
  static OnnxTensor over(ElementType element, long[] dims, ByteBuffer buffer) throws OrtException {
    OnnxJavaType type = Objects.requireNonNull(Elements.overBuffers(element), element::toString);
    return OnnxTensor.createTensor(OnnxRuntimeLibrary.environment(), buffer, dims, type);
  }

  /** JNI hands strings over in its own encoding, which differs from UTF-8 in these characters. */
  private static void requirePlain(String name, List<String> strings) {
    for (String s : strings) {
      if (s.chars().anyMatch(c -> c == 0 || Character.isSurrogate((char) c))) {
        throw InputRefusal.unencodable(name, s);
      }
    }
  }

  /** What the values are, for a message. */
  static Map<String, TensorType> types(Map<String, OnnxTensor> values) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          TensorInfo info = value.getInfo();
          ElementType element = Objects.requireNonNull(Elements.of(info.onnxType));
          types.put(name, TensorType.of(element, info.getShape()));
        });
    return types;
  }

  /** A copy of a value that a run has made. */
  static Tensor copy(String name, OnnxValue value) throws OrtException {
    OnnxTensor tensor = (OnnxTensor) value;
    TensorInfo info = tensor.getInfo();
    long[] dims = info.getShape();
    ElementType element = Objects.requireNonNull(Elements.of(info.onnxType));
    if (element == ElementType.STRING) {
      List<String> strings = new ArrayList<>();
      if (info.getNumElements() > 0) {
        flatten(tensor.getValue(), strings);
      }
      return strings(strings, dims);
    }
    if (element.bytesFor(info.getNumElements()) > Integer.MAX_VALUE) {
      throw Refusal.tooLarge(name, TensorType.of(element, dims));
    }
    return info.getNumElements() == 0
        ? Tensor.zeros(element, dims)
        : Tensor.wrap(element, dims, tensor.getByteBuffer());
  }

  /** A copy of a tensor that is a view of a native buffer. */
  static Tensor copy(Tensor view) {
    return view.element() == ElementType.STRING
        ? view
        : Tensor.wrap(
            view.element(),
            view.dims(),
            Tensor.allocate(view.element(), view.dims()).put(view.bytes()).flip());
  }

  private static Tensor strings(List<String> strings, long[] dims) {
    Tensor vector = Tensor.ofStrings(strings, strings.size());
    return vector.reshape(dims);
  }

  private static void flatten(Object value, List<String> into) {
    if (value instanceof Object[] array) {
      for (Object element : array) {
        flatten(element, into);
      }
    } else {
      into.add((String) value);
    }
  }
}
