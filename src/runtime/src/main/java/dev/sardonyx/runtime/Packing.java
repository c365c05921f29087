package dev.sardonyx.runtime;

import dev.sardonyx.ir.type.Carriage;
import dev.sardonyx.ir.type.Codes;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Containers as the tensors that a model takes for them; {@link Carriage} says which. */
final class Packing {
  private Packing() {}

  /** The tensors for an input; what the model does not know goes on under its own name. */
  static Map<String, Tensor> parts(String name, @Nullable Type type, Datum datum) {
    if (type == null || type instanceof TensorType) {
      if (datum instanceof Datum.Single single) {
        return Map.of(name, single.tensor());
      }
      throw type == null ? Refusal.unknownInput(name, datum) : Refusal.wrongKind(name, type, datum);
    }
    return pack(name, type, datum);
  }

  /** The parts by name; a datum that is not of the type is refused (RT-051). */
  static Map<String, Tensor> pack(String name, Type type, @Nullable Datum datum) {
    if (type instanceof Type.Optional optional) {
      Datum content = datum instanceof Datum.Optional o ? o.content() : datum;
      Map<String, Tensor> parts = new LinkedHashMap<>();
      parts.put(name + Carriage.PRESENT, flag(content != null));
      parts.putAll(pack(name + Carriage.VALUE, optional.element(), content));
      return parts;
    }
    if (type instanceof Type.Sequence sequence
        && sequence.element() instanceof TensorType element) {
      return sequence(name, element, datum);
    }
    TensorType tensor = (TensorType) type;
    if (datum == null) {
      return Map.of(name, nothing(tensor));
    }
    return Map.of(name, tensor(name, tensor, datum));
  }

  private static Map<String, Tensor> sequence(
      String name, TensorType element, @Nullable Datum datum) {
    List<Tensor> tensors = new ArrayList<>();
    if (datum instanceof Datum.Sequence sequence) {
      sequence.elements().forEach(e -> tensors.add(tensor(name, element, e)));
    } else if (datum != null) {
      throw Refusal.wrongKind(name, new Type.Sequence(element), datum);
    }
    List<Long> dims = new ArrayList<>();
    List<Long> ranks = new ArrayList<>();
    for (Tensor tensor : tensors) {
      for (long dim : tensor.dims()) {
        dims.add(dim);
      }
      ranks.add((long) tensor.shape().rank());
    }
    Map<String, Tensor> parts = new LinkedHashMap<>();
    parts.put(name + Carriage.DATA, joined(element.element(), tensors));
    parts.put(name + Carriage.DIMS, longs(dims));
    parts.put(name + Carriage.RANKS, longs(ranks));
    return parts;
  }

  private static Tensor tensor(String name, TensorType type, Datum datum) {
    if (datum instanceof Datum.Single single && single.tensor().element() == type.element()) {
      return single.tensor();
    }
    throw Refusal.wrongKind(name, type, datum);
  }

  /** The elements of all tensors in one vector, as codes where they are carried so. */
  private static Tensor joined(ElementType element, List<Tensor> tensors) {
    if (element == ElementType.STRING) {
      List<String> all = tensors.stream().flatMap(t -> t.strings().stream()).toList();
      return Tensor.ofStrings(all, all.size());
    }
    boolean coded = Codes.areFor(element);
    ElementType carrier = coded ? ElementType.UINT8 : element;
    long count = tensors.stream().mapToLong(Tensor::size).sum();
    ByteBuffer data = Tensor.allocate(carrier, count);
    tensors.forEach(t -> data.put((coded ? Codes.of(t) : t).bytes()));
    return Tensor.wrap(carrier, new long[] {count}, data.flip());
  }

  private static Tensor longs(List<Long> values) {
    return Tensor.of(values.stream().mapToLong(Long::longValue).toArray(), values.size());
  }

  private static Tensor flag(boolean value) {
    return Tensor.of(new boolean[] {value}).reshape();
  }

  /** Any tensor of the type: what the model is given for what is absent. */
  private static Tensor nothing(TensorType type) {
    Shape shape = type.shape();
    long[] dims = new long[shape.isRanked() ? shape.rank() : 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.isRanked() && shape.dim(i).isFixed() ? shape.dim(i).value() : 0;
    }
    if (type.element() != ElementType.STRING) {
      return Tensor.zeros(type.element(), dims);
    }
    int count = 1;
    for (long dim : dims) {
      count = Math.multiplyExact(count, Math.toIntExact(dim));
    }
    return Tensor.ofStrings(Collections.nCopies(count, ""), count).reshape(dims);
  }
}
