package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/** The shape rules of indexing. */
final class Indices {
  private Indices() {}

  /** Refuses indices that are known to be outside an axis of this extent. */
  static void requireInside(Inference in, int i, Dim extent) {
    List<Dim> content = in.content(i);
    if (content == null || !extent.isFixed()) {
      return;
    }
    for (Dim index : content) {
      boolean outside =
          index.isFixed() && (index.value() >= extent.value() || index.value() < -extent.value());
      if (outside) {
        throw in.fail(
            "SHAPE-029",
            "has the index %s into an extent of %s".formatted(index, extent),
            "an index lies between -extent and extent - 1");
      }
    }
  }

  /** Refuses indices that do not go with the data's axes other than {@code axis}. */
  static void requireElementwise(Inference in, long axis) {
    Shape x = in.shape(0);
    Shape indices = in.shape(1);
    if (x.isRanked()) {
      in.axis(axis, x.rank());
    }
    if (!x.isRanked() || !indices.isRanked()) {
      return;
    }
    if (x.rank() != indices.rank()) {
      throw in.fail(
          "SHAPE-023",
          "needs data and indices of one rank, got %s and %s".formatted(x.rank(), indices.rank()),
          "every element of indices stands at the place of its result");
    }
    int at = in.axis(axis, x.rank());
    requireInside(in, 1, x.dim(at));
    for (int i = 0; i < x.rank(); i++) {
      Dim wide = x.dim(i);
      Dim narrow = indices.dim(i);
      if (i != at && wide.isFixed() && narrow.isFixed() && narrow.value() > wide.value()) {
        throw in.fail(
            "SHAPE-023",
            "has indices of extent %s on axis %s, where data has %s".formatted(narrow, i, wide),
            "except along the indexed axis, indices are no longer than data");
      }
    }
  }

  /** The shape of what GatherND reads, which is that of the updates which ScatterND writes. */
  static Shape gathered(Inference in, long batch) {
    Shape x = in.shape(0);
    Shape indices = in.shape(1);
    if (batch < 0) {
      throw in.fail("ATTR-004", "cannot take %s as batch_dims".formatted(batch), "it is 0 or more");
    }
    if (x.isRanked() && x.rank() <= batch || indices.isRanked() && indices.rank() <= batch) {
      throw in.fail(
          "SHAPE-031",
          "needs tensors of more than %s axes".formatted(batch),
          "after the batch axes there is at least one axis to index");
    }
    if (!x.isRanked() || !indices.isRanked()) {
      return Shape.UNRANKED;
    }
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      dims.add(Vectors.same(in, x.dim(i), indices.dim(i), "the extents of batch axis " + i));
    }
    dims.addAll(indices.dims().subList((int) batch, indices.rank() - 1));
    Dim depth = indices.dim(-1);
    if (!depth.isFixed()) {
      return Shape.UNRANKED;
    }
    if (depth.value() > x.rank() - batch || depth.value() < 1) {
      throw in.fail(
          "SHAPE-031",
          "has %s coordinates for %s axes".formatted(depth, x.rank() - batch),
          "the last axis of indices holds one coordinate for every axis it indexes");
    }
    dims.addAll(x.dims().subList((int) (batch + depth.value()), x.rank()));
    return Shape.of(dims);
  }

  /** Refuses updates whose shape cannot be the one that is written. */
  static void requireUpdates(Inference in, Shape written) {
    Shape updates = in.shape(2);
    if (!written.isRanked() || !updates.isRanked()) {
      return;
    }
    if (written.rank() != updates.rank()) {
      throw in.fail(
          "SHAPE-023",
          "needs updates of the shape %s, got %s".formatted(written, updates),
          "there is one update for every place that is written");
    }
    for (int i = 0; i < written.rank(); i++) {
      Vectors.same(in, written.dim(i), updates.dim(i), "updates and places on axis " + i);
    }
  }
}
