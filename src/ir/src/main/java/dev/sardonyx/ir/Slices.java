package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The arithmetic of the bounds of slices. */
final class Slices {
  /** What files write for "to the end"; no axis is longer. */
  private static final long END = Integer.MAX_VALUE;

  /** More elements than any tensor has. */
  private static final long FAR = 1L << 48;

  private Slices() {}

  /** The elements that a slice takes from an axis of a known extent. */
  record Bounds(long first, long length, long step) {
    static Bounds of(long extent, long start, long end, long step) {
      long from = start < 0 ? start + extent : start;
      long to = end < 0 ? end + extent : end;
      if (step > 0) {
        from = Math.min(Math.max(from, 0), extent);
        to = Math.min(Math.max(to, 0), extent);
        return new Bounds(from, to <= from ? 0 : (to - from - 1) / step + 1, step);
      }
      from = Math.min(Math.max(from, 0), extent - 1);
      to = Math.min(Math.max(to, -1), extent - 1);
      return new Bounds(from, to >= from ? 0 : (to - from + 1) / step + 1, step);
    }

    /** The least index among them, 0 if there are none. */
    long lowest() {
      return length == 0 ? 0 : step > 0 ? first : first + (length - 1) * step;
    }

    <T> List<T> pick(List<T> from) {
      List<T> picked = new ArrayList<>();
      for (long i = 0; i < length; i++) {
        picked.add(from.get((int) (first + i * step)));
      }
      return picked;
    }
  }

  static Shape shape(Inference in) {
    List<Dim> starts = Vectors.integers(in, 1);
    List<Dim> ends = Vectors.integers(in, 2);
    List<Dim> axisList = in.has(3) ? Vectors.integers(in, 3) : null;
    List<Dim> steps = in.has(4) ? Vectors.integers(in, 4) : null;
    requireSteps(in, steps);
    List<Dim> longest = starts != null ? starts : ends;
    if (longest != null) {
      Vectors.requireLength(in, 2, ends, longest.size());
      Vectors.requireLength(in, 3, axisList, longest.size());
      Vectors.requireLength(in, 4, steps, longest.size());
    }
    Shape x = in.shape(0);
    if (!x.isRanked()) {
      return x;
    }
    int[] axes = in.has(3) ? Vectors.axes(in, axisList, x.rank()) : firstAxes(in, longest);
    if (axes == null || starts == null || ends == null || in.has(4) && steps == null) {
      return Vectors.unknown(x.rank());
    }
    List<Dim> dims = new ArrayList<>(x.dims());
    for (int i = 0; i < axes.length; i++) {
      Dim step = steps == null ? Dim.ONE : steps.get(i);
      dims.set(axes[i], length(dims.get(axes[i]), starts.get(i), ends.get(i), step));
    }
    return Shape.of(dims);
  }

  private static int @Nullable [] firstAxes(Inference in, @Nullable List<Dim> bounds) {
    if (bounds == null) {
      return null;
    }
    List<Dim> axes = IntStream.range(0, bounds.size()).mapToObj(Dim::of).toList();
    return Vectors.axes(in, axes, in.shape(0).rank());
  }

  private static void requireSteps(Inference in, @Nullable List<Dim> steps) {
    if (steps != null && steps.stream().anyMatch(s -> s.is(0))) {
      throw in.fail("SHAPE-030", "has a step of 0", "a step is 1 or more, or negative to go back");
    }
  }

  /**
   * How many elements {@code extent[start:end:step]} has. Symbols stand for extents, which are not
   * negative; what could be counted from either end is unknown.
   */
  static Dim length(Dim extent, Dim start, Dim end, Dim step) {
    if (!step.isFixed()) {
      return Dim.UNKNOWN;
    }
    long by = step.value();
    if (extent.isFixed() && start.isFixed() && end.isFixed()) {
      return Dim.of(Bounds.of(extent.value(), start.value(), end.value(), by).length());
    }
    Dim from = moved(start);
    Dim to = moved(end);
    Dim span = by > 0 ? forward(extent, from, to) : backward(extent, from, to);
    return by == 1 ? span : span.ceilDiv(Math.absExact(by));
  }

  /** A bound far beyond any axis, moved to where arithmetic with it does not overflow. */
  private static Dim moved(Dim bound) {
    return bound.isFixed() ? Dim.of(Math.max(-FAR, Math.min(bound.value(), FAR))) : bound;
  }

  private static Dim forward(Dim extent, Dim start, Dim end) {
    boolean toEnd = isEnd(end, extent);
    Dim back = end.provablySame(extent.minus(1)) ? Dim.of(-1) : end;
    boolean fromBack = isNegative(start);
    if (!fromBack && !start.isNonNegative()
        || !toEnd && !isNegative(back) && !end.isNonNegative()) {
      return Dim.UNKNOWN;
    }
    Dim zero = Dim.of(0);
    if (toEnd) {
      return fromBack ? extent.min(zero.minus(start)) : extent.minus(start).max(zero);
    }
    if (!fromBack) {
      Dim to = isNegative(back) ? extent.plus(back) : extent.min(end);
      return to.minus(start).max(zero);
    }
    if (isNegative(back)) {
      Dim difference = extent.min(zero.minus(start)).minus(extent.min(zero.minus(back)));
      return back.value() <= start.value() ? zero : difference;
    }
    return extent.min(end).minus(extent.plus(start).max(zero)).max(zero);
  }

  private static Dim backward(Dim extent, Dim start, Dim end) {
    Dim last = extent.minus(1);
    Dim from;
    if (start.is(-1) || start.isFixed() && start.value() >= END || start.provablySame(last)) {
      from = last;
    } else if (start.isNonNegative()) {
      from = last.min(start);
    } else {
      return Dim.UNKNOWN;
    }
    Dim beforeFirst = Dim.of(-1);
    Dim to;
    if (end.isFixed() && end.value() <= -END) {
      to = beforeFirst;
    } else if (isNegative(end)) {
      to = extent.plus(end).max(beforeFirst);
    } else if (end.isNonNegative()) {
      to = end;
    } else {
      return Dim.UNKNOWN;
    }
    return from.minus(to).max(Dim.of(0));
  }

  /** Whether a bound is certainly at or beyond the end of an axis. */
  static boolean isEnd(Dim bound, Dim extent) {
    return bound.isFixed() && bound.value() >= END || bound.provablySame(extent);
  }

  private static boolean isNegative(Dim bound) {
    return bound.isFixed() && bound.value() < 0;
  }

  /** Axes, bounds and steps of a Slice as far as they are constants: null where one is not. */
  record Constants(int[] axes, List<Dim> starts, List<Dim> ends, List<Dim> steps) {
    static @Nullable Constants of(Node slice) {
      List<Dim> starts = slice.input(1).node().content();
      List<Dim> ends = slice.input(2).node().content();
      Shape x = slice.input(0).shape();
      if (starts == null || ends == null || !x.isRanked()) {
        return null;
      }
      List<Dim> axes = IntStream.range(0, starts.size()).mapToObj(Dim::of).toList();
      axes = slice.hasInput(3) ? slice.input(3).node().content() : axes;
      List<Dim> steps = Collections.nCopies(starts.size(), Dim.ONE);
      steps = slice.hasInput(4) ? slice.input(4).node().content() : steps;
      if (axes == null || steps == null || !axes.stream().allMatch(Dim::isFixed)) {
        return null;
      }
      int[] places =
          axes.stream()
              .mapToInt(a -> (int) (a.value() < 0 ? a.value() + x.rank() : a.value()))
              .toArray();
      return new Constants(places, starts, ends, steps);
    }
  }
}
