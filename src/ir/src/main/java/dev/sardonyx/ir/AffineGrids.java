package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What AffineGrid takes and gives, and how it is said in other operators. */
final class AffineGrids {
  private static final int SIZE = 1;

  private AffineGrids() {}

  static Shape shape(Inference in) {
    List<Dim> size = Vectors.int64s(in, SIZE);
    Shape theta = in.shape(0);
    if (theta.isRanked() && theta.rank() != 3) {
      throw in.fail(
          "SHAPE-070",
          "takes theta of rank 3, got rank " + theta.rank(),
          "its axes are batch, and the rows and columns of a matrix");
    }
    int rank = rank(size, theta);
    if (rank < 0) {
      return Shape.UNRANKED;
    }
    boolean known = theta.isRanked();
    if (rank < 2 || rank > 3 || known && !fits(theta, rank)) {
      throw in.fail(
          "SHAPE-078",
          "has matrices of the shape %s for an image of %s axes".formatted(theta, rank),
          "theta is [N,2,3] for images [N,C,H,W], [N,3,4] for [N,C,D,H,W]");
    }
    List<Dim> dims = new ArrayList<>();
    Dim batch = known ? theta.dim(0) : Dim.UNKNOWN;
    dims.add(
        size == null
            ? batch
            : Vectors.same(in, batch, size.get(0), "the batches of theta and size"));
    for (int i = 0; i < rank; i++) {
      dims.add(size == null ? Dim.UNKNOWN : size.get(i + 2));
    }
    dims.add(Dim.of(rank));
    return Shape.of(dims);
  }

  private static boolean fits(Shape theta, int rank) {
    return (!theta.dim(1).isFixed() || theta.dim(1).is(rank))
        && (!theta.dim(2).isFixed() || theta.dim(2).is(rank + 1));
  }

  private static int rank(@Nullable List<Dim> size, Shape theta) {
    if (size != null) {
      return size.size() - 2;
    }
    boolean known = theta.isRanked() && theta.dim(1).isFixed();
    return known ? Math.toIntExact(theta.dim(1).value()) : -1;
  }

  /** The places of all pixels, [P,r+1] with a column of ones, times θᵀ; null where r is unknown. */
  static @Nullable List<@Nullable Value> expand(Expansion e, boolean alignCorners) {
    Shape y = e.node().output().shape();
    if (!y.isRanked()) {
      return null;
    }
    int rank = y.rank() - 2;
    ElementType element = e.element(0);
    Value size = e.x(SIZE).slice(0, 2, rank + 2);
    List<Value> columns = new ArrayList<>();
    for (int axis = rank - 1; axis >= 0; axis--) {
      Value extent = e.x(SIZE).slice(0, axis + 2, axis + 3).squeeze(0);
      Value places = places(extent, alignCorners, element);
      long[] shape = new long[rank];
      Arrays.fill(shape, 1);
      shape[axis] = -1;
      columns.add(places.reshape(shape).expand(size).reshape(-1, 1));
    }
    columns.add(Extents.full(element, 1, Value.longs(1, 1)).expand(count(size)));
    Value pixels = Value.concat(1, columns);
    Value moved = pixels.matMul(e.x().transpose(0, 2, 1));
    Value shape = Extents.join(List.of(Extents.axis(e.x(), 0), size, Value.longs(rank)));
    return List.of(Extents.reshape(moved, y, () -> shape));
  }

  /** [P,1] for P pixels. */
  private static Value count(Value size) {
    return Value.concat(0, size.prod(true, 0), Value.longs(1));
  }

  /** Where an axis's pixels lie between -1 and 1. */
  private static Value places(Value extent, boolean alignCorners, ElementType element) {
    ElementType wide = element == ElementType.FLOAT64 ? element : ElementType.FLOAT32;
    Value zero = Value.constant(Tensor.scalar(0L));
    Value one = Value.constant(Tensor.scalar(1L));
    Value index = Value.range(zero, extent, one).cast(wide).mul(2);
    Value whole = extent.cast(wide);
    Value places =
        alignCorners ? index.div(whole.sub(1).max(1)).sub(1) : index.add(1).div(whole).sub(1);
    return places.cast(element);
  }
}
