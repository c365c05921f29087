package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of keys and of what goes with them, read by comparing with each key.
 *
 * @param otherwise what goes with what is no key, a scalar
 */
record Lookup(Tensor keys, Tensor values, Tensor otherwise) {
  /** What goes with each element; of equal keys the last one counts. */
  Value of(Value x) {
    Value same = x.unsqueeze(-1).eq(Value.constant(keys));
    if (keys.element().isFloat()) {
      Value unknown = Value.of(new Elementwise.IsNaN(), x.unsqueeze(-1));
      Value keyless = Value.of(new Elementwise.IsNaN(), Value.constant(keys));
      same = same.or(unknown.and(keyless));
    }
    Value hit = same.cast(ElementType.INT32);
    Value place = Value.of(new AlongAxis.ArgMax(-1, false, true), hit);
    Value found = hit.max(false, -1).cast(ElementType.BOOL);
    Value there = Value.constant(values).gather(place, 0);
    return found.where(there, Value.constant(otherwise));
  }

  static Tensor longs(List<Long> values) {
    return Tensor.of(values.stream().mapToLong(v -> v).toArray());
  }

  /** A scalar of text. */
  static Tensor word(String text) {
    return Tensor.ofStrings(List.of(text)).reshape();
  }

  /** The one of these that is given; refused if none or several are. */
  static Tensor only(
      Inference in,
      String what,
      @Nullable Tensor tensor,
      List<String> strings,
      List<Long> longs,
      List<Float> floats) {
    List<String> given = new ArrayList<>();
    if (tensor != null) {
      given.add(what + "_tensor");
    }
    if (!strings.isEmpty()) {
      given.add(what + "_strings");
    }
    if (!longs.isEmpty()) {
      given.add(what + "_int64s");
    }
    if (!floats.isEmpty()) {
      given.add(what + "_floats");
    }
    if (given.size() != 1) {
      throw in.fail(
          "ATTR-042",
          given.isEmpty() ? "has no " + what : "has " + String.join(" and ", given),
          "give %s in exactly one of the attributes %1$s_*".formatted(what));
    }
    return first(tensor, strings, longs, floats);
  }

  /** The first of these that is given, as a vector. */
  static Tensor first(
      @Nullable Tensor tensor, List<String> strings, List<Long> longs, List<Float> floats) {
    if (tensor != null) {
      return tensor.reshape(tensor.size());
    }
    if (!strings.isEmpty()) {
      return Tensor.ofStrings(strings);
    }
    if (!longs.isEmpty()) {
      return longs(longs);
    }
    double[] values = floats.stream().mapToDouble(v -> v).toArray();
    return Tensor.from(ElementType.FLOAT32, values, new long[] {values.length});
  }
}
