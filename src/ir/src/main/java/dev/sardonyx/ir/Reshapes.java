package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The shape rules of the {@link Layout} operators. */
final class Reshapes {
  private Reshapes() {}

  /** What Reshape makes of its input's shape. */
  static Shape shape(Inference in, boolean allowzero) {
    List<Dim> wanted = Vectors.int64s(in, 1);
    if (wanted == null) {
      return Shape.UNRANKED;
    }
    Shape x = in.shape(0);
    List<Dim> dims = new ArrayList<>(wanted);
    List<Dim> left = new ArrayList<>(x.isRanked() ? x.dims() : List.of(Dim.UNKNOWN));
    Dim others = Dim.ONE;
    int rest = -1;
    for (int i = 0; i < dims.size(); i++) {
      Dim dim = dims.get(i);
      if (dim.is(-1)) {
        if (rest >= 0) {
          throw refuse(in, wanted, "-1 may stand at one place only");
        }
        rest = i;
      } else if (dim.is(0) && !allowzero) {
        dims.set(i, kept(in, wanted, i));
        if (x.isRanked()) {
          // Kept on both sides, so that it cancels even where it is unknown.
          left.set(i, Dim.ONE);
        } else {
          others = Dim.UNKNOWN;
        }
      } else if (dim.isFixed() && dim.value() < 0) {
        throw refuse(in, wanted, "an extent is 0 or more, or -1 for what is left over");
      } else {
        others = others.times(dim);
      }
    }
    Dim size = Shape.of(left).size();
    if (rest >= 0) {
      dims.set(rest, rest(in, wanted, size, others));
    } else {
      requireSame(in, wanted, size, others);
    }
    return Shape.of(dims);
  }

  private static Dim kept(Inference in, List<Dim> wanted, int i) {
    Shape x = in.shape(0);
    if (!x.isRanked()) {
      return Dim.UNKNOWN;
    }
    if (i >= x.rank()) {
      throw refuse(in, wanted, "0 keeps an extent of the input, which has no axis " + i);
    }
    return x.dim(i);
  }

  private static Dim rest(Inference in, List<Dim> wanted, Dim size, Dim others) {
    if (others.is(0)) {
      throw refuse(in, wanted, "beside an extent of 0 the value of -1 is not determined");
    }
    if (size.isFixed() && others.isFixed() && size.value() % others.value() != 0) {
      throw refuse(
          in, wanted, "%s elements cannot be divided into groups of %s".formatted(size, others));
    }
    return size.floorDiv(others);
  }

  private static void requireSame(Inference in, List<Dim> wanted, Dim size, Dim others) {
    Dim difference = size.minus(others);
    if (difference.isFixed() && !difference.is(0)) {
      throw refuse(in, wanted, "%s elements do not fill %s".formatted(size, others));
    }
  }

  private static DiagnosticException refuse(Inference in, List<Dim> wanted, String help) {
    return in.fail(
        "SHAPE-022", "cannot give %s the shape %s".formatted(in.shape(0), Shape.of(wanted)), help);
  }

  static Shape squeezed(Inference in) {
    Shape x = in.shape(0);
    if (!in.has(1)) {
      boolean decided = x.isRanked() && x.dims().stream().allMatch(Dim::isFixed);
      return decided ? Shape.of(x.dims().stream().filter(d -> !d.is(1)).toList()) : Shape.UNRANKED;
    }
    List<Dim> elements = Vectors.axes(in, 1);
    if (!x.isRanked() || elements == null) {
      return Shape.UNRANKED;
    }
    int[] axes = Vectors.axes(in, elements, x.rank());
    if (axes == null) {
      return Vectors.unknown(requireAxes(in, x.rank(), x.rank() - elements.size()));
    }
    List<Dim> dims = new ArrayList<>();
    boolean[] dropped = new boolean[x.rank()];
    for (int axis : axes) {
      dropped[axis] = true;
      if (x.dim(axis).isFixed() && !x.dim(axis).is(1)) {
        throw in.fail(
            "SHAPE-025",
            "cannot remove axis %s, whose extent is %s".formatted(axis, x.dim(axis)),
            "only axes of extent 1 can be removed; sum or slice the axis first");
      }
    }
    for (int i = 0; i < dropped.length; i++) {
      if (!dropped[i]) {
        dims.add(x.dim(i));
      }
    }
    return Shape.of(dims);
  }

  private static int requireAxes(Inference in, int rank, int left) {
    if (left < 0) {
      throw in.fail(
          "SHAPE-021",
          "names %s axes of a tensor of rank %s".formatted(rank - left, rank),
          "list every axis at most once");
    }
    return left;
  }

  static Shape unsqueezed(Inference in) {
    Shape x = in.shape(0);
    List<Dim> elements = Vectors.axes(in, 1);
    if (!x.isRanked() || elements == null) {
      return Shape.UNRANKED;
    }
    int rank = x.rank() + elements.size();
    int[] axes = Vectors.axes(in, elements, rank);
    if (axes == null) {
      return Vectors.unknown(rank);
    }
    List<Dim> dims = new ArrayList<>(x.dims());
    for (int axis : Arrays.stream(axes).sorted().toArray()) {
      dims.add(axis, Dim.ONE);
    }
    return Shape.of(dims);
  }

  static Shape tiled(Inference in) {
    Shape x = in.shape(0);
    List<Dim> repeats = Vectors.int64s(in, 1);
    if (!x.isRanked()) {
      return repeats == null ? Shape.UNRANKED : Vectors.unknown(repeats.size());
    }
    Vectors.requireLength(in, 1, repeats, x.rank());
    if (repeats == null) {
      return Vectors.unknown(x.rank());
    }
    Vectors.requireExtents(in, 1, repeats);
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < repeats.size(); i++) {
      dims.add(x.dim(i).times(repeats.get(i)));
    }
    return Shape.of(dims);
  }

  /** Tile's gradient: copies and extents are made axes of their own, and the copies summed. */
  static Value untiled(Pullback p) {
    Value x = p.x(0);
    if (!x.shape().isRanked()) {
      return Origins.gradient(
          x, p.dy(), positions -> Value.of(new Layout.Tile(), positions, p.x(1)));
    }
    int rank = x.shape().rank();
    List<Dim> copies = p.x(1).node().content();
    List<Dim> pairs = new ArrayList<>();
    List<Value> atRunTime = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      Dim count = copies == null ? Dim.UNKNOWN : copies.get(i);
      pairs.add(count);
      pairs.add(x.shape().dim(i));
      atRunTime.add(count.isFixed() ? Value.longs(count.value()) : p.x(1).slice(0, i, i + 1));
      atRunTime.add(Extents.axis(x, i));
    }
    Value split = Extents.reshape(p.dy(), Shape.of(pairs), () -> Extents.join(atRunTime));
    long[] every = LongStream.range(0, rank).map(i -> 2 * i).toArray();
    return rank == 0 ? split : split.sum(false, every);
  }
}
