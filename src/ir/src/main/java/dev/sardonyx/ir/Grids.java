package dev.sardonyx.ir;

import dev.sardonyx.ir.Resampling.Interpolation;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What GridSample takes and gives, and how it is said in other operators. */
final class Grids {
  private Grids() {}

  static Shape sampled(Inference in) {
    Shape x = in.shape(0);
    Shape grid = in.shape(1);
    if (!in.element(1).isFloat()) {
      throw in.fail("TYPE-004", "takes floats as grid, got " + in.element(1), "cast it to float32");
    }
    if (!x.isRanked() && !grid.isRanked()) {
      return Shape.UNRANKED;
    }
    int rank = x.isRanked() ? x.rank() : grid.rank();
    boolean same = !grid.isRanked() || grid.rank() == rank;
    if (rank < 3 || !same) {
      throw in.fail(
          "SHAPE-079",
          "takes images and grids of one rank, 3 or more, got %s and %s".formatted(x, grid),
          "images are [N,C,…], grids [N,…,r] with r spatial axes in both");
    }
    Dim batch = x.isRanked() ? x.dim(0) : Dim.UNKNOWN;
    List<Dim> dims = new ArrayList<>();
    if (grid.isRanked()) {
      batch = Vectors.same(in, batch, grid.dim(0), "the batches of X and grid");
      Vectors.same(in, Dim.of(rank - 2), grid.dim(-1), "X's spatial axes and the grid's last axis");
    }
    dims.add(batch);
    dims.add(x.isRanked() ? x.dim(1) : Dim.UNKNOWN);
    for (int i = 1; i < rank - 1; i++) {
      dims.add(grid.isRanked() ? grid.dim(i) : Dim.UNKNOWN);
    }
    return Shape.of(dims);
  }

  /** The result; null where ranks are not known, or elements are no floats. */
  static @Nullable List<@Nullable Value> sample(Expansion e, Resampling.GridSample op) {
    Shape y = e.node().output().shape();
    if (!y.isRanked() || !e.element(0).isFloat()) {
      return null;
    }
    int rank = y.rank() - 2;
    Value image = e.x(0);
    List<Value> extents = new ArrayList<>();
    List<Value> places = new ArrayList<>();
    Value flat = e.x(1).reshape(0, -1, rank);
    for (int axis = 0; axis < rank; axis++) {
      Value extent = Extents.axis(image, axis + 2);
      extents.add(extent);
      Value wide = extent.cast(e.element(1));
      // The innermost axis comes first.
      Value n = flat.slice(2, rank - 1 - axis, rank - axis).squeeze(2).add(1);
      places.add(op.alignCorners() ? n.div(2).mul(wide.sub(1)) : n.mul(wide).sub(1).div(2));
    }
    Interpolation mode = op.mode();
    ImageSampling sampling =
        new ImageSampling(image, extents, mode, op.paddingMode(), !op.alignCorners());
    Value sampled = sampling.at(places);
    return List.of(Extents.reshape(sampled, y, () -> shapeOf(e, rank)));
  }

  private static Value shapeOf(Expansion e, int rank) {
    return Extents.join(List.of(Extents.shape(e.x(0), 0, 2), Extents.shape(e.x(1), 1, rank + 1)));
  }
}
