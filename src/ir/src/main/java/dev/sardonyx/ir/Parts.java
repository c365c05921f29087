package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape rules of joining and splitting. */
final class Parts {
  /** A file may ask for any number; nobody means more. */
  private static final int MAX_PARTS = 65_536;

  private Parts() {}

  /** The shape of all inputs one after another along {@code axis}. */
  static Shape joined(Inference in, long axis) {
    List<Shape> parts = new ArrayList<>();
    for (int i = 0; i < in.size(); i++) {
      parts.add(in.shape(i));
    }
    return joined(in, parts, axis);
  }

  /** The shape of parts of these shapes one after another along {@code axis}. */
  static Shape joined(Inference in, List<Shape> parts, long axis) {
    List<Dim> dims = null;
    boolean allRanked = true;
    Dim total = Dim.of(0);
    for (Shape part : parts) {
      if (!part.isRanked()) {
        allRanked = false;
        continue;
      }
      int at = in.axis(axis, part.rank());
      total = total.plus(part.dim(at));
      dims = dims == null ? new ArrayList<>(part.dims()) : agreed(in, dims, part, at);
    }
    if (dims == null) {
      return Shape.UNRANKED;
    }
    dims.set(in.axis(axis, dims.size()), allRanked ? total : Dim.UNKNOWN);
    return Shape.of(dims);
  }

  private static List<Dim> agreed(Inference in, List<Dim> dims, Shape part, int axis) {
    if (part.rank() != dims.size()) {
      throw in.fail(
          "SHAPE-023",
          "needs inputs of one rank, got %s and %s".formatted(dims.size(), part.rank()),
          "unsqueeze the one of smaller rank");
    }
    for (int i = 0; i < dims.size(); i++) {
      if (i != axis) {
        dims.set(i, Vectors.same(in, dims.get(i), part.dim(i), "the extents of axis " + i));
      }
    }
    return dims;
  }

  /** The gradient of each input of a Concat: its part of dy. */
  static List<@Nullable Value> parted(Pullback p, long axis) {
    if (p.size() == 1) {
      return p.toFirst(p.dy());
    }
    List<Value> sizes = new ArrayList<>();
    for (int i = 0; i < p.size(); i++) {
      sizes.add(extent(p.x(i), axis));
    }
    List<Value> inputs = List.of(p.dy(), Extents.join(sizes));
    return Collections.unmodifiableList(
        Node.of(new Slicing.Split(axis, null), inputs, p.size()).outputs());
  }

  private static Value extent(Value x, long axis) {
    if (x.shape().isRanked()) {
      return Extents.axis(x, (int) (axis < 0 ? axis + x.shape().rank() : axis));
    }
    return Value.of(new Sizing.Shape(axis, axis == -1 ? null : axis + 1), x);
  }

  /** The extents of the parts of a Split along its axis. */
  static List<Dim> sizes(Inference in, long axis, @Nullable Long numOutputs) {
    Shape x = in.shape(0);
    Dim whole = x.isRanked() ? x.dim(in.axis(axis, x.rank())) : Dim.UNKNOWN;
    if (in.has(1) == (numOutputs != null)) {
      throw in.fail(
          in.has(1) ? "ATTR-042" : "ATTR-003",
          in.has(1) ? "has both split and num_outputs" : "has neither split nor num_outputs",
          "give the sizes as split, or the number of equal parts as num_outputs");
    }
    return numOutputs != null ? equal(in, whole, numOutputs) : listed(in, whole);
  }

  private static List<Dim> listed(Inference in, Dim whole) {
    List<Dim> sizes = Vectors.int64s(in, 1);
    if (sizes == null) {
      if (in.outputs() == Inference.ANY_NUMBER) {
        throw in.fail(
            "SHAPE-032",
            "has a split of unknown length",
            "say how many outputs are wanted, or give split as a constant");
      }
      return Collections.nCopies(in.outputs(), Dim.UNKNOWN);
    }
    Vectors.requireExtents(in, 1, sizes);
    requireOutputs(in, sizes.size());
    Dim sum = sizes.stream().reduce(Dim.of(0), Dim::plus);
    Dim difference = sum.minus(whole);
    if (difference.isFixed() && !difference.is(0)) {
      throw in.fail(
          "SHAPE-026",
          "cannot cut an extent of %s into %s".formatted(whole, sizes),
          "the sizes of the parts add up to the extent");
    }
    return sizes;
  }

  private static List<Dim> equal(Inference in, Dim whole, long count) {
    if (count < 1 || count > MAX_PARTS) {
      throw in.fail(
          "ATTR-004",
          "cannot take %s as num_outputs".formatted(count),
          "there is one part or more, and at most " + MAX_PARTS);
    }
    requireOutputs(in, (int) count);
    Dim even = whole.floorDiv(count);
    if (even.times(count).provablySame(whole)) {
      return Collections.nCopies((int) count, even);
    }
    Dim size = whole.ceilDiv(count);
    Dim last = whole.minus(size.times(count - 1));
    if (last.isFixed() && last.value() < 0 || whole.isFixed() && whole.value() < count) {
      throw in.fail(
          "SHAPE-026",
          "cannot cut an extent of %s into %s parts of %s".formatted(whole, count, size),
          "ask for fewer parts, or give the sizes as split");
    }
    List<Dim> sizes = new ArrayList<>(Collections.nCopies((int) count, size));
    sizes.set((int) count - 1, last);
    return sizes;
  }

  private static void requireOutputs(Inference in, int count) {
    if (in.outputs() != Inference.ANY_NUMBER && in.outputs() != count) {
      throw in.fail(
          "SHAPE-032",
          "makes %s parts, %s are asked for".formatted(count, in.outputs()),
          "as many outputs as parts");
    }
  }
}
