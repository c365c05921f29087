package dev.sardonyx.ir;

import dev.sardonyx.ir.Slices.Bounds;
import dev.sardonyx.ir.Slices.Constants;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of Slice: dy with zeros around it and, where steps were taken, in between. Where
 * that cannot be said with {@code Pad}, the elements are sent back one by one.
 */
final class SliceGradient {
  private SliceGradient() {}

  static Value of(Pullback p) {
    Constants slice = Constants.of(p.node());
    Value dx = slice == null ? null : padded(p, slice);
    return dx != null ? dx : Origins.gradient(p.x(0), p.dy(), x -> sliced(p, x));
  }

  private static Value sliced(Pullback p, Value positions) {
    List<@Nullable Value> inputs = new ArrayList<>(p.node().inputs());
    inputs.set(0, positions);
    return Node.of(p.node().op(), inputs, 1).output();
  }

  private static @Nullable Value padded(Pullback p, Constants slice) {
    Value x = p.x(0);
    Value dy = p.dy();
    int rank = x.shape().rank();
    Value none = Value.longs(0);
    List<Value> before = new ArrayList<>(Collections.nCopies(rank, none));
    List<Value> after = new ArrayList<>(Collections.nCopies(rank, none));
    for (int i = 0; i < slice.axes().length; i++) {
      int axis = slice.axes()[i];
      Dim extent = x.shape().dim(axis);
      Dim start = slice.starts().get(i);
      Dim end = slice.ends().get(i);
      Dim step = slice.steps().get(i);
      if (step.isFixed() && extent.isFixed() && start.isFixed() && end.isFixed()) {
        Bounds at = Bounds.of(extent.value(), start.value(), end.value(), step.value());
        if (at.length() == 0) {
          return Extents.full(x, 0);
        }
        dy = stepped(dy, axis, at, extent.value());
        before.set(axis, Value.longs(at.lowest()));
        after.set(axis, Value.longs(extent.value() - at.lowest() - reach(at, extent.value())));
      } else if (step.is(1)) {
        Value[] border = border(p, slice, i);
        before.set(axis, border[0]);
        after.set(axis, border[1]);
      } else {
        return null;
      }
    }
    return surround(dy, before, after);
  }

  private static Value surround(Value dy, List<Value> before, List<Value> after) {
    List<Value> all = new ArrayList<>(before);
    all.addAll(after);
    Value pads = Extents.join(all);
    Tensor constant = pads.constant();
    boolean nothing =
        constant != null && Arrays.stream(constant.toLongArray()).allMatch(n -> n == 0);
    return nothing ? dy : Value.of(new Slicing.Pad(Slicing.PadMode.CONSTANT), dy, pads);
  }

  /** How many zeros go before and after dy on the i-th sliced axis, as vectors of one element. */
  private static Value[] border(Pullback p, Constants slice, int i) {
    int axis = slice.axes()[i];
    Value extent = Extents.axis(p.x(0), axis);
    Value length = Extents.axis(p.y(), axis);
    Dim start = slice.starts().get(i);
    Dim end = slice.ends().get(i);
    Value none = Value.longs(0);
    if (start.is(0)) {
      return new Value[] {none, extent.sub(length)};
    }
    if (Slices.isEnd(end, p.x(0).shape().dim(axis))) {
      return new Value[] {extent.sub(length), none};
    }
    Value first;
    if (start.isFixed()) {
      Value counted = Value.longs(start.value());
      first = start.value() < 0 ? extent.add(counted).max(none) : extent.min(counted);
    } else {
      Value given = p.x(1).slice(0, i, i + 1).cast(ElementType.INT64);
      first = given.lt(0).where(given.add(extent), given).max(none).min(extent);
    }
    return new Value[] {first, extent.sub(first).sub(length)};
  }

  /** How many elements of the input there are from the first that was taken on, with gaps. */
  private static long reach(Bounds at, long extent) {
    long by = Math.abs(at.step());
    boolean gaps = by > 1 && at.length() > 1;
    return gaps ? Math.min(at.length() * by, extent - at.lowest()) : at.length();
  }

  /** dy in the order of the input, with zeros where a step left elements out. */
  private static Value stepped(Value dy, int axis, Bounds at, long extent) {
    long by = Math.abs(at.step());
    Value forward =
        at.step() > 0
            ? dy
            : dy.slice(
                new long[] {-1},
                new long[] {-Integer.MAX_VALUE},
                new long[] {axis},
                new long[] {-1});
    if (by == 1 || at.length() == 1) {
      return forward;
    }
    Shape shape = dy.shape();
    long[] pads = new long[2 * (shape.rank() + 1)];
    pads[shape.rank() + 1 + axis + 1] = by - 1;
    long reach = at.length() * by;
    Value apart =
        Extents.reshape(
            forward.unsqueeze(axis + 1).pad(pads, 0),
            shape.with(axis, Dim.of(reach)),
            () ->
                Extents.join(
                    List.of(
                        Extents.shape(dy, 0, axis),
                        Value.longs(reach),
                        Extents.shape(dy, axis + 1, shape.rank()))));
    return apart.slice(axis, 0, reach(at, extent));
  }
}
