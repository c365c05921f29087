package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What shape a reduction has, and the way back from it to its input's. */
final class Reduced {
  private Reduced() {}

  static Shape shape(Inference in, Reducing op) {
    Shape x = in.shape(0);
    List<Dim> elements = in.has(1) ? Vectors.int64s(in, 1) : List.of();
    if (elements != null && elements.isEmpty()) {
      return op.noopWithEmptyAxes() ? x : all(x, op.keepdims());
    }
    if (!x.isRanked()) {
      return Shape.UNRANKED;
    }
    int[] axes = Vectors.axes(in, elements, x.rank());
    return axes != null
        ? over(x, axes, op.keepdims())
        : overUnknown(in, elements == null ? -1 : elements.size(), op.keepdims());
  }

  private static Shape all(Shape x, boolean keep) {
    if (!keep) {
      return Shape.SCALAR;
    }
    return x.isRanked() ? Shape.of(Collections.nCopies(x.rank(), Dim.ONE)) : x;
  }

  private static Shape over(Shape x, int[] axes, boolean keep) {
    List<@Nullable Dim> dims = new ArrayList<>(x.dims());
    for (int axis : axes) {
      dims.set(axis, keep ? Dim.ONE : null);
    }
    return Shape.of(dims.stream().filter(Objects::nonNull).toList());
  }

  /** Over axes of which at most the number is known; a negative count says that it is not. */
  private static Shape overUnknown(Inference in, int count, boolean keep) {
    Shape x = in.shape(0);
    if (count > x.rank()) {
      throw in.fail(
          "SHAPE-021",
          "names %s axes of a tensor of rank %s".formatted(count, x.rank()),
          "list every axis at most once");
    }
    if (keep) {
      return Shape.of(x.dims().stream().map(d -> d.is(1) ? d : Dim.UNKNOWN).toList());
    }
    return count < 0 ? Shape.UNRANKED : Vectors.unknown(x.rank() - count);
  }

  private static Reducing op(Pullback p) {
    return (Reducing) p.node().op();
  }

  /**
   * {@code v}, which has the result's shape, with the reduced axes as extents of 1 again, so that
   * it broadcasts against the input. A scalar does so as it is.
   */
  static Value restore(Pullback p, Value v) {
    boolean broadcasts = op(p).keepdims() || !p.has(1);
    return broadcasts ? v : Value.of(new Layout.Unsqueeze(), v, p.x(1));
  }

  /** The sum of {@code v}, which has the input's shape, over the same axes, which stay. */
  static Value sum(Pullback p, Value v) {
    Op sum = new Aggregation.ReduceSum(true, op(p).noopWithEmptyAxes());
    return Value.of(sum, v, p.has(1) ? p.x(1) : null);
  }

  /** The sum of {@code v}, which has the input's shape, as {@code op} reduces. */
  static Value sum(Expansion e, Reducing op, Value v) {
    Op sum = new Aggregation.ReduceSum(op.keepdims(), op.noopWithEmptyAxes());
    return Value.of(sum, v, e.optional(1));
  }

  /** The product of {@code v}, which has the input's shape, over the same axes, which stay. */
  static Value product(Pullback p, Value v) {
    Op product = new Aggregation.ReduceProd(true, op(p).noopWithEmptyAxes());
    return Value.of(product, v, p.has(1) ? p.x(1) : null);
  }

  /** 1 / the number of elements that each result comes from, as a scalar of dy's element type. */
  static Value share(Pullback p) {
    Dim count = count(p);
    if (count.isFixed()) {
      return p.dy().scalar(1.0 / count.value());
    }
    // Not in float16, whose greatest number is 65504.
    ElementType wide =
        p.dy().element() == ElementType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
    Value inputs = p.x(0).sizeOf().cast(wide);
    return p.y().sizeOf().cast(wide).div(inputs).cast(p.dy().element());
  }

  private static Dim count(Pullback p) {
    Shape x = p.x(0).shape();
    if (!p.has(1)) {
      return op(p).noopWithEmptyAxes() ? Dim.ONE : x.size();
    }
    List<Dim> axes = p.x(1).node().content();
    if (axes == null || !axes.stream().allMatch(Dim::isFixed)) {
      return Dim.UNKNOWN;
    }
    if (axes.isEmpty()) {
      return op(p).noopWithEmptyAxes() ? Dim.ONE : x.size();
    }
    return x.isRanked()
        ? axes.stream().map(a -> x.dim((int) a.value())).reduce(Dim.ONE, Dim::times)
        : Dim.UNKNOWN;
  }

  /** What ReduceProd makes of known elements; null unless a whole vector goes into one number. */
  static @Nullable List<Dim> foldProduct(Inference in, Reducing op) {
    List<Dim> x = in.content(0);
    List<Dim> axes = in.has(1) ? Vectors.elements(in, 1) : List.of();
    if (x == null || axes == null) {
      return null;
    }
    if (axes.isEmpty() && op.noopWithEmptyAxes()) {
      return x;
    }
    // The one axis of a vector is its whole: that it may be unknown changes nothing.
    return List.of(x.stream().reduce(Dim.ONE, Dim::times));
  }
}
