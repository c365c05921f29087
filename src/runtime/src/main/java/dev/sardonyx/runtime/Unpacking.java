package dev.sardonyx.runtime;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.sardonyx.ir.type.Carriage;
import dev.sardonyx.ir.type.Codes;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Native results as data of any type. */
final class Unpacking {
  private final OrtSession.Result result;

  Unpacking(OrtSession.Result result) {
    this.result = result;
  }

  /** The output of this name and type, put together where it comes in parts. */
  Datum read(String name, Type type) throws OrtException {
    if (type instanceof Type.Optional optional) {
      Tensor present = NativeTensors.copy(name, value(name + Carriage.PRESENT));
      boolean there = present.getLong(0) != 0;
      return new Datum.Optional(there ? read(name + Carriage.VALUE, optional.element()) : null);
    }
    return type instanceof Type.Sequence sequence && result.get(name + Carriage.DATA).isPresent()
        ? sequence(name, (TensorType) sequence.element())
        : copy(name, value(name), type);
  }

  private Datum sequence(String name, TensorType type) throws OrtException {
    Tensor data = NativeTensors.copy(name, value(name + Carriage.DATA));
    long[] dims = NativeTensors.copy(name, value(name + Carriage.DIMS)).toLongArray();
    long[] ranks = NativeTensors.copy(name, value(name + Carriage.RANKS)).toLongArray();
    List<Datum> elements = new ArrayList<>();
    long start = 0;
    int from = 0;
    for (long rank : ranks) {
      long[] shape = Arrays.copyOfRange(dims, from, from + (int) rank);
      long end = start + Arrays.stream(shape).reduce(1, Math::multiplyExact);
      elements.add(decoded(data.rows(start, end).reshape(shape), type));
      from += (int) rank;
      start = end;
    }
    return new Datum.Sequence(elements);
  }

  /** The runtime gives codes for elements of at most eight bits. */
  private static Datum decoded(Tensor tensor, Type type) {
    boolean coded =
        tensor.element() == ElementType.UINT8
            && type instanceof TensorType t
            && Codes.areFor(t.element());
    return new Datum.Single(coded ? Codes.decode(((TensorType) type).element(), tensor) : tensor);
  }

  private OnnxValue value(String name) {
    return result.get(name).orElseThrow();
  }

  private static Datum copy(String name, OnnxValue value, Type type) throws OrtException {
    if (value instanceof OnnxSequence sequence) {
      Type element = type instanceof Type.Sequence s ? s.element() : type;
      List<Datum> elements = new ArrayList<>();
      for (OnnxValue inner : sequence.getValue()) {
        try (inner) {
          elements.add(copy(name, inner, element));
        }
      }
      return new Datum.Sequence(elements);
    }
    if (value instanceof OnnxMap map) {
      return map(map.getValue());
    }
    return decoded(NativeTensors.copy(name, value), type);
  }

  /** In the order of the keys, since the runtime's own is lost on the way. */
  private static Datum map(Map<?, ?> map) {
    TreeMap<Object, Object> sorted = new TreeMap<>(map);
    List<Datum> values = new ArrayList<>();
    sorted.values().forEach(v -> values.add(new Datum.Single(scalar(v))));
    boolean words = !sorted.isEmpty() && sorted.firstKey() instanceof String;
    Tensor keys =
        words
            ? Tensor.ofStrings(sorted.keySet().stream().map(String.class::cast).toList())
            : Tensor.of(sorted.keySet().stream().mapToLong(k -> (Long) k).toArray());
    return new Datum.Map(keys, values);
  }

  private static Tensor scalar(Object value) {
    if (value instanceof String text) {
      return Tensor.ofStrings(List.of(text)).reshape();
    }
    if (value instanceof Long number) {
      return Tensor.scalar(number);
    }
    return value instanceof Float number
        ? Tensor.scalar(number)
        : Tensor.scalar(ElementType.FLOAT64, (Double) value);
  }
}
