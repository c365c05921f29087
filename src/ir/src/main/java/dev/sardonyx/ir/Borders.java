package dev.sardonyx.ir;

import dev.sardonyx.ir.Slicing.PadMode;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The shape rule and the gradient of Pad. */
final class Borders {
  private Borders() {}

  static Shape shape(Inference in, PadMode mode) {
    List<Dim> pads = Vectors.int64s(in, 1);
    requireConstant(in);
    List<Dim> axisList = in.has(3) ? Vectors.integers(in, 3) : null;
    Shape x = in.shape(0);
    if (!x.isRanked()) {
      return x;
    }
    int[] axes =
        in.has(3) ? Vectors.axes(in, axisList, x.rank()) : IntStream.range(0, x.rank()).toArray();
    if (axisList != null || !in.has(3)) {
      Vectors.requireLength(in, 1, pads, 2 * (axisList != null ? axisList.size() : x.rank()));
    }
    if (axes == null || pads == null) {
      return Vectors.unknown(x.rank());
    }
    List<Dim> dims = new ArrayList<>(x.dims());
    for (int i = 0; i < axes.length; i++) {
      Dim before = pads.get(i);
      Dim after = pads.get(i + axes.length);
      requirePossible(in, mode, axes[i], before, after);
      dims.set(axes[i], dims.get(axes[i]).plus(before).plus(after));
    }
    return Shape.of(dims);
  }

  private static void requireConstant(Inference in) {
    if (in.has(2)) {
      Vectors.requireSingle(in, 2);
    }
  }

  private static void requirePossible(Inference in, PadMode mode, int axis, Dim before, Dim after) {
    Dim extent = in.shape(0).dim(axis);
    if (!extent.isFixed() || !before.isFixed() || !after.isFixed()) {
      return;
    }
    Dim none = Dim.of(0);
    long left = extent.plus(before.min(none)).plus(after.min(none)).value();
    long widest = Math.max(before.value(), after.value());
    if (left < 0) {
      throw in.fail(
          "SHAPE-027",
          "cuts %s and %s off axis %s, whose extent is %s".formatted(before, after, axis, extent),
          "negative pads cut off at most what is there");
    }
    long most =
        switch (mode) {
          case CONSTANT -> Long.MAX_VALUE;
          case EDGE -> left == 0 ? 0 : Long.MAX_VALUE;
          case REFLECT -> Math.max(left - 1, 0);
          case WRAP -> left;
        };
    if (widest > most) {
      throw in.fail(
          "SHAPE-028",
          "cannot take %s elements for a border from the %s of axis %s (mode %s)"
              .formatted(widest, left, axis, mode),
          "reflect takes at most one less than there are, wrap at most all, edge needs one");
    }
  }

  static Value gradient(Pullback p, PadMode mode) {
    if (mode != PadMode.CONSTANT) {
      Value axes = p.has(3) ? p.x(3) : null;
      return Origins.gradient(
          p.x(0), p.dy(), x -> Value.of(new Slicing.Pad(mode), x, p.x(1), null, axes));
    }
    long[] pads = numbers(p.x(1));
    long[] axes =
        p.has(3)
            ? numbers(p.x(3))
            : pads == null ? null : IntStream.range(0, pads.length / 2).asLongStream().toArray();
    boolean cutsNothing = pads != null && Arrays.stream(pads).allMatch(n -> n >= 0);
    return cutsNothing && axes != null ? inside(p.dy(), pads, axes) : unpadded(p, pads);
  }

  private static long @Nullable [] numbers(Value vector) {
    List<Dim> content = vector.node().content();
    return content != null && content.stream().allMatch(Dim::isFixed)
        ? content.stream().mapToLong(Dim::value).toArray()
        : null;
  }

  private static Value inside(Value dy, long[] pads, long[] axes) {
    int n = axes.length;
    int[] wide = IntStream.range(0, n).filter(i -> pads[i] != 0 || pads[i + n] != 0).toArray();
    if (wide.length == 0) {
      return dy;
    }
    return dy.slice(
        Arrays.stream(wide).mapToLong(i -> pads[i]).toArray(),
        Arrays.stream(wide)
            .mapToLong(i -> pads[i + n] == 0 ? Long.MAX_VALUE : -pads[i + n])
            .toArray(),
        Arrays.stream(wide).mapToLong(i -> axes[i]).toArray(),
        Arrays.stream(wide).mapToLong(i -> 1).toArray());
  }

  /** The border taken off by a border of the opposite width. */
  private static Value unpadded(Pullback p, long @Nullable [] pads) {
    Value opposite =
        pads == null ? p.x(1).neg() : Value.longs(Arrays.stream(pads).map(n -> -n).toArray());
    Value axes = p.has(3) ? p.x(3) : null;
    return Value.of(new Slicing.Pad(PadMode.CONSTANT), p.dy(), opposite, null, axes);
  }
}
