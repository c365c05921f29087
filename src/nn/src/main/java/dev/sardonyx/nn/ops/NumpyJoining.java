package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Tensors joined, cut into parts, and with borders. */
final class NumpyJoining {
  private static final String PARTS = "(x; indices_or_sections)";

  static final OpTable TABLE =
      new OpTable()
          .op("Concatenate(xs; axis=0)", NumpyJoining::concatenate)
          .op("Append(x1, x2; axis=None)", NumpyJoining::append)
          .op("Stack(x; axis=0)", NumpyJoining::stack)
          .op("Hstack(xs)", NumpyJoining::hstack)
          .op("Vstack(xs)", c -> join(c.together("xs"), 0, NumpyJoining::matrix))
          .op("Dstack(xs)", c -> join(c.together("xs"), 2, NumpyJoining::cube))
          .many("Split(x; indices_or_sections, axis=0)", c -> split(c, c.axis("axis", c.x())))
          .many("ArraySplit(x; indices_or_sections, axis=0)", c -> split(c, c.axis("axis", c.x())))
          .many("Hsplit" + PARTS, c -> split(c, c.x().shape().rank() == 1 ? 0 : 1))
          .many("Vsplit" + PARTS, c -> split(c, 0))
          .many("Dsplit" + PARTS, c -> split(c, 2))
          .many("Unstack(x; num=None, axis=0)", NumpyJoining::unstack)
          .op("Pad(x, constant_values=None; pad_width, mode='constant')", NumpyJoining::pad)
          .many("Meshgrid(*x; indexing='xy')", NumpyJoining::meshgrid);

  private NumpyJoining() {}

  private static Value concatenate(OpCall call) {
    List<Value> parts = call.together("xs");
    return call.has("axis")
        ? Value.concat(call.axis("axis", parts.get(0)), parts)
        : join(parts, 0, part -> part.reshape(-1));
  }

  private static Value append(OpCall call) {
    List<Value> pair = call.pair("x1", "x2");
    return call.has("axis")
        ? Value.concat(call.axis("axis", pair.get(0)), pair)
        : join(pair, 0, part -> part.reshape(-1));
  }

  private static Value join(List<Value> parts, long axis, UnaryOperator<Value> each) {
    return Value.concat(axis, parts.stream().map(each).toList());
  }

  private static Value stack(OpCall call) {
    List<Value> parts = call.together("x");
    int axis = call.axis(call.integer("axis"), parts.get(0).shape().rank() + 1);
    return join(parts, axis, part -> part.unsqueeze(axis));
  }

  private static Value hstack(OpCall call) {
    List<Value> parts = call.together("xs");
    int rank = parts.get(0).shape().rank();
    return join(parts, rank < 2 ? 0 : 1, part -> rank == 0 ? part.unsqueeze(0) : part);
  }

  private static Value matrix(Value x) {
    return switch (x.shape().rank()) {
      case 0 -> x.unsqueeze(0, 1);
      case 1 -> x.unsqueeze(0);
      default -> x;
    };
  }

  private static Value cube(Value x) {
    return x.shape().rank() < 3 ? matrix(x).unsqueeze(2) : x;
  }

  /** A number of parts, the first of which may be greater by one, or where parts begin. */
  private static List<Value> split(OpCall call, int axis) {
    Value x = call.x();
    List<Value> parts = new ArrayList<>();
    if (call.raw("indices_or_sections") instanceof Number) {
      long count = call.integer("indices_or_sections");
      long extent = Sizes.fixed(call, x, axis);
      long start = 0;
      for (long i = 0; i < count; i++) {
        long end = start + extent / count + (i < extent % count ? 1 : 0);
        parts.add(x.slice(axis, start, end));
        start = end;
      }
      return parts;
    }
    long start = 0;
    for (long end : call.integers("indices_or_sections")) {
      parts.add(x.slice(axis, start, end));
      start = end;
    }
    parts.add(x.slice(axis, start, Long.MAX_VALUE));
    return parts;
  }

  private static List<Value> unstack(OpCall call) {
    Value x = call.x();
    int axis = call.axis("axis", x);
    long count = call.has("num") ? call.integer("num") : Sizes.fixed(call, x, axis);
    List<Value> parts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      parts.add(x.slice(axis, i, i + 1).squeeze(axis));
    }
    return parts;
  }

  private static Value pad(OpCall call) {
    Value x = call.x();
    int rank = x.shape().rank();
    long[] width = width(call, rank);
    Value pads = Value.longs(width);
    return switch (call.text("mode")) {
      case "constant" -> {
        Value value = call.has("constant_values") ? call.value("constant_values") : x.scalar(0);
        yield Value.of(new Slicing.Pad(Slicing.PadMode.CONSTANT), x, pads, value.cast(x.element()));
      }
      case "reflect" -> Value.of(new Slicing.Pad(Slicing.PadMode.REFLECT), x, pads);
      case "edge" -> Value.of(new Slicing.Pad(Slicing.PadMode.EDGE), x, pads);
      case "wrap", "circular" -> Value.of(new Slicing.Pad(Slicing.PadMode.WRAP), x, pads);
      case "symmetric" -> symmetric(x, width);
      default -> call.wrong("mode", "constant, reflect, edge, wrap or symmetric");
    };
  }

  /** What comes before each axis, then what comes after each. */
  private static long[] width(OpCall call, int rank) {
    long[] width = new long[2 * rank];
    Object given = call.raw("pad_width");
    List<?> items = given instanceof List<?> list ? list : List.of(call.integer("pad_width"));
    boolean pairs = !items.isEmpty() && items.get(0) instanceof List<?>;
    if (pairs && items.size() != 1 && items.size() != rank || !pairs && items.size() > 2) {
      throw call.refuse("takes a pair for each axis, got " + items, "give two numbers an axis");
    }
    for (int i = 0; i < rank; i++) {
      List<?> pair = pairs ? (List<?>) items.get(items.size() == 1 ? 0 : i) : items;
      width[i] = ((Number) pair.get(0)).longValue();
      width[rank + i] = ((Number) pair.get(pair.size() - 1)).longValue();
    }
    return width;
  }

  /** Mirrored at its edges, which are repeated. */
  private static Value symmetric(Value x, long[] width) {
    int rank = x.shape().rank();
    Value padded = x;
    for (int axis = 0; axis < rank; axis++) {
      List<Value> parts = new ArrayList<>();
      if (width[axis] > 0) {
        parts.add(NumpyShaping.flip(padded.slice(axis, 0, width[axis]), axis));
      }
      parts.add(padded);
      if (width[rank + axis] > 0) {
        Value end = padded.slice(axis, -width[rank + axis], Long.MAX_VALUE);
        parts.add(NumpyShaping.flip(end, axis));
      }
      padded = parts.size() == 1 ? padded : Value.concat(axis, parts);
    }
    return padded;
  }

  private static List<Value> meshgrid(OpCall call) {
    List<Value> lines = call.values("*x").stream().map(x -> x.reshape(-1)).toList();
    boolean swapped = call.choice("indexing", "xy", "ij").equals("xy") && lines.size() > 1;
    int rank = lines.size();
    Object[] shape = new Object[rank];
    for (int i = 0; i < rank; i++) {
      shape[place(i, swapped)] = Sizes.of(lines.get(i), 0);
    }
    List<Value> grids = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      long[] ones = new long[rank];
      Arrays.fill(ones, 1);
      ones[place(i, swapped)] = -1;
      grids.add(lines.get(i).reshape(ones).expand(Sizes.join(shape)));
    }
    return grids;
  }

  private static int place(int i, boolean swapped) {
    return swapped && i < 2 ? 1 - i : i;
  }
}
