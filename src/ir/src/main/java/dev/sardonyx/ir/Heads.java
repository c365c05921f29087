package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The extents of an input of attention: [batch,heads,length,size], or flat, [batch,length,
 * heads·size].
 */
record Heads(Dim batch, Dim heads, Dim length, Dim size, boolean flat) {
  static final String HELP =
      "the axes are batch, heads, positions and features of a head; or batch, positions and the"
          + " features of all heads";

  /**
   * The extents of input {@code i}.
   *
   * @param count how many heads lie in the last axis of an input of rank 3
   */
  static Heads of(Inference in, int i, Shape shape, @Nullable Long count, String attribute) {
    if (!shape.isRanked()) {
      return new Heads(Dim.UNKNOWN, Dim.UNKNOWN, Dim.UNKNOWN, Dim.UNKNOWN, false);
    }
    if (shape.rank() == 3) {
      Dim size = split(in, i, shape.dim(2), count, attribute);
      return new Heads(shape.dim(0), Dim.of(count), shape.dim(1), size, true);
    }
    if (shape.rank() != 4) {
      throw in.fail(
          "SHAPE-070",
          "takes %s of rank 3 or 4, got rank %s".formatted(in.schema().inputName(i), shape.rank()),
          HELP);
    }
    if (count != null && shape.dim(1).isFixed() && !shape.dim(1).is(count)) {
      throw in.fail(
          "ATTR-060",
          "has %s as %s for %s with %s heads"
              .formatted(count, attribute, in.schema().inputName(i), shape.dim(1)),
          "leave the attribute out: inputs of rank 4 have an axis for their heads");
    }
    return new Heads(shape.dim(0), shape.dim(1), shape.dim(2), shape.dim(3), false);
  }

  /** The features of one head, where {@code count} heads lie side by side. */
  static Dim split(Inference in, int i, Dim hidden, @Nullable Long count, String attribute) {
    if (count == null) {
      throw in.fail(
          "ATTR-003",
          "misses its attribute " + attribute,
          "inputs of rank 3 need it: their last axis holds the features of all heads");
    }
    if (count < 1) {
      throw in.fail(
          "ATTR-004", "has %s in %s".formatted(count, attribute), "the least it takes is 1");
    }
    if (hidden.isFixed() && hidden.value() % count != 0) {
      throw in.fail(
          "SHAPE-071",
          "cannot part the %s features of %s into %s heads"
              .formatted(hidden, in.schema().inputName(i), count),
          "the last axis is a multiple of the number of heads");
    }
    return hidden.floorDiv(count);
  }

  /** Refuses heads of queries that are no multiple of those of keys and values. */
  static void requireMultiple(Inference in, Dim heads, Dim groups) {
    boolean known = heads.isFixed() && groups.isFixed();
    if (known && (groups.is(0) ? !heads.is(0) : heads.value() % groups.value() != 0)) {
      throw in.fail(
          "SHAPE-071",
          "cannot share %s heads of keys and values among %s heads of queries"
              .formatted(groups, heads),
          "the heads of Q are a multiple of those of K and V");
    }
  }
}
