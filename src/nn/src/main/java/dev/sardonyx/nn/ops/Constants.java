package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Plain values of a call as tensors. */
final class Constants {
  private Constants() {}

  /** A value, a tensor, a number or nested lists of numbers: int32, float32 or bool. */
  static Value value(OpCall call, Object plain) {
    if (plain instanceof Value value) {
      return value;
    }
    if (plain instanceof Tensor tensor) {
      return Value.constant(tensor);
    }
    List<Long> dims = new ArrayList<>();
    for (Object item = plain; item instanceof List<?> list; ) {
      dims.add((long) list.size());
      item = list.isEmpty() ? 0.0 : list.get(0);
    }
    List<Object> flat = new ArrayList<>();
    flatten(call, plain, flat);
    ElementType element =
        flat.stream().allMatch(Boolean.class::isInstance) && !flat.isEmpty()
            ? ElementType.BOOL
            : flat.stream().allMatch(item -> item instanceof Long) && !flat.isEmpty()
                ? ElementType.INT32
                : ElementType.FLOAT32;
    long[] shape = dims.stream().mapToLong(d -> d).toArray();
    long size = dims.stream().reduce(1L, (a, b) -> a * b);
    if (size != flat.size()) {
      throw call.refuse("takes numbers in rows of one length, got " + plain, "even out the rows");
    }
    double[] numbers = flat.stream().mapToDouble(Constants::number).toArray();
    return Value.constant(Tensor.from(element, numbers, shape));
  }

  private static void flatten(OpCall call, Object given, List<Object> flat) {
    if (given instanceof List<?> list) {
      list.forEach(item -> flatten(call, item, flat));
    } else if (given instanceof Integer i) {
      flat.add(i.longValue());
    } else if (given instanceof Number || given instanceof Boolean) {
      flat.add(given);
    } else {
      throw call.refuse("takes tensors and numbers, got " + given, "give one of these");
    }
  }

  private static double number(Object item) {
    return item instanceof Boolean b ? (b ? 1 : 0) : ((Number) item).doubleValue();
  }
}
