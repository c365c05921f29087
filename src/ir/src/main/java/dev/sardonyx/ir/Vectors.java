package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The integer vectors that operators take as shapes, axes and counts, read during inference. */
final class Vectors {
  /** Longer vectors are no lists of axes. */
  static final int MAX_LENGTH = 64;

  private Vectors() {}

  /**
   * The elements of the int64 vector that input {@code i} is, {@link Dim#UNKNOWN} where one is not
   * known; null where not even their number is.
   */
  static @Nullable List<Dim> int64s(Inference in, int i) {
    return vector(in, i);
  }

  /** The like of {@link #int64s} for an input that may be int32 too. */
  static @Nullable List<Dim> integers(Inference in, int i) {
    return vector(in, i);
  }

  /** The like of {@link #int64s} for a list of axes, which exporters also give as one scalar. */
  static @Nullable List<Dim> axes(Inference in, int i) {
    Shape shape = in.shape(i);
    if (!shape.isRanked() || shape.rank() != 0) {
      return vector(in, i);
    }
    List<Dim> content = in.content(i);
    return content != null ? content : List.of(Dim.UNKNOWN);
  }

  private static @Nullable List<Dim> vector(Inference in, int i) {
    Shape shape = in.shape(i);
    if (shape.isRanked() && shape.rank() != 1) {
      throw in.fail(
          "SHAPE-020",
          "takes a vector as %s, got rank %s".formatted(in.schema().inputName(i), shape.rank()),
          "give it the shape [n]");
    }
    return elements(in, i);
  }

  /** The known elements of a vector of integers, with nothing checked. */
  static @Nullable List<Dim> elements(Inference in, int i) {
    List<Dim> content = in.content(i);
    if (content != null) {
      return content;
    }
    Shape shape = in.shape(i);
    Dim length = shape.isRanked() && shape.rank() == 1 ? shape.dim(0) : Dim.UNKNOWN;
    return length.isFixed() && length.value() <= MAX_LENGTH
        ? Collections.nCopies((int) length.value(), Dim.UNKNOWN)
        : null;
  }

  /** The one element of input {@code i}, a scalar or a vector of one; unknown where it is not. */
  static Dim single(Inference in, int i) {
    requireSingle(in, i);
    List<Dim> content = in.content(i);
    return content == null ? Dim.UNKNOWN : content.get(0);
  }

  /** Refuses an input that is neither a scalar nor a vector of one element. */
  static void requireSingle(Inference in, int i) {
    Shape shape = in.shape(i);
    boolean tooMany =
        shape.isRanked()
            && (shape.rank() > 1
                || shape.rank() == 1 && shape.dim(0).isFixed() && !shape.dim(0).is(1));
    if (tooMany) {
      throw in.fail(
          "SHAPE-020",
          "takes a scalar as %s, got the shape %s".formatted(in.schema().inputName(i), shape),
          "give one element, of the shape [] or [1]");
    }
  }

  static void requireInt64(Inference in, int i) {
    if (in.element(i) != ElementType.INT64) {
      throw in.fail(
          "TYPE-004",
          "takes int64 as %s, got %s".formatted(in.schema().inputName(i), in.element(i)),
          "cast it to int64");
    }
  }

  static void requireIndex(Inference in, int i) {
    if (in.element(i) != ElementType.INT64 && in.element(i) != ElementType.INT32) {
      throw in.fail(
          "TYPE-004",
          "takes int32 or int64 as %s, got %s".formatted(in.schema().inputName(i), in.element(i)),
          "cast it to int64");
    }
  }

  /**
   * {@code elements} as distinct axes of a tensor of this rank, none negative; null unless all are
   * numbers.
   */
  static int @Nullable [] axes(Inference in, @Nullable List<Dim> elements, int rank) {
    if (elements == null || !elements.stream().allMatch(Dim::isFixed)) {
      return null;
    }
    int[] axes = elements.stream().mapToInt(e -> in.axis(e.value(), rank)).toArray();
    boolean[] seen = new boolean[rank];
    for (int axis : axes) {
      if (seen[axis]) {
        throw in.fail(
            "SHAPE-021", "names axis %s twice".formatted(axis), "list every axis at most once");
      }
      seen[axis] = true;
    }
    return axes;
  }

  /** Refuses a vector that has not {@code expected} elements. */
  static void requireLength(Inference in, int i, @Nullable List<Dim> elements, int expected) {
    if (elements != null && elements.size() != expected) {
      throw in.fail(
          "SHAPE-024",
          "needs a vector of length %s as %s, got %s"
              .formatted(expected, in.schema().inputName(i), elements.size()),
          "its length goes with the axes it is for");
    }
  }

  /** Refuses extents that are negative numbers. */
  static void requireExtents(Inference in, int i, List<Dim> extents) {
    for (Dim extent : extents) {
      if (extent.isFixed() && extent.value() < 0) {
        throw in.fail(
            "SHAPE-027",
            "takes no negative numbers as %s, got %s".formatted(in.schema().inputName(i), extent),
            "extents and counts are 0 or more");
      }
    }
  }

  /** The better known of two dimensions that must be the same; refused if they cannot be. */
  static Dim same(Inference in, Dim a, Dim b, String what) {
    Dim difference = a.minus(b);
    if (difference.isFixed() && !difference.is(0)) {
      throw in.fail(
          "SHAPE-023",
          "needs %s to agree, got %s and %s".formatted(what, a, b),
          "the two extents must be the same");
    }
    return a.isFixed() || b.isUnknown() ? a : b.isFixed() || a.isUnknown() ? b : a;
  }

  /** The shape that both inputs have, as far as either tells it; refused if they differ. */
  static Shape sameShape(Inference in, int i, int j) {
    Shape a = in.shape(i);
    Shape b = in.shape(j);
    if (!a.isRanked() || !b.isRanked()) {
      return a.isRanked() ? a : b;
    }
    String what = in.schema().inputName(i) + " and " + in.schema().inputName(j);
    if (a.rank() != b.rank()) {
      throw in.fail(
          "SHAPE-023",
          "needs %s to agree, got ranks %s and %s".formatted(what, a.rank(), b.rank()),
          "the two inputs must have the same shape");
    }
    List<Dim> dims = new ArrayList<>(a.rank());
    for (int axis = 0; axis < a.rank(); axis++) {
      dims.add(same(in, a.dim(axis), b.dim(axis), "axis %s of %s".formatted(axis, what)));
    }
    return Shape.of(dims);
  }

  static Shape unknown(int rank) {
    return Shape.of(Collections.nCopies(rank, Dim.UNKNOWN));
  }
}
