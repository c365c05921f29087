package dev.sardonyx.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that arrange, cut, join and measure tensors. */
public sealed interface Shaping extends Op permits Layout, Slicing, Sizing, Diagonals {

  /** The methods of a {@link Value} that rearrange it. Negative axes count from the end. */
  sealed interface Methods permits Value {
    Value self();

    /** A dimension of -1 is what is left over; 0 keeps the one at its place. */
    default Value reshape(long... dims) {
      return reshape(Value.longs(dims.clone()));
    }

    /** In the shape that an int64 vector holds; -1 and 0 as in {@link #reshape(long...)}. */
    default Value reshape(Value shape) {
      return Value.of(new Layout.Reshape(false), self(), shape);
    }

    /** In the shape of {@code other}, which has as many elements. */
    default Value reshapeLike(Value other) {
      return Extents.reshape(self(), other.shape(), other::shapeOf);
    }

    /** Axis i of the result is axis perm[i] of this; no perm reverses the axes. */
    default Value transpose(long... perm) {
      return Value.of(new Layout.Transpose(Extents.list(perm)), self());
    }

    /** Without these axes of extent 1; no axes means every one of extent 1. */
    default Value squeeze(long... axes) {
      return axes.length == 0
          ? Value.of(new Layout.Squeeze(), self())
          : Value.of(new Layout.Squeeze(), self(), Value.longs(axes.clone()));
    }

    /** With new axes of extent 1 at these places of the result. */
    default Value unsqueeze(long... axes) {
      return Value.of(new Layout.Unsqueeze(), self(), Value.longs(axes.clone()));
    }

    /** As a matrix: the axes before {@code axis} are its rows, the others its columns. */
    default Value flatten(long axis) {
      return Value.of(new Layout.Flatten(axis), self());
    }

    /** Repeated to what this and the shape broadcast to. */
    default Value expand(long... shape) {
      return expand(Value.longs(shape.clone()));
    }

    default Value expand(Value shape) {
      return Value.of(new Layout.Expand(), self(), shape);
    }

    /** Repeated to the shape of {@code other}. */
    default Value expandLike(Value other) {
      return Extents.expand(self(), other);
    }

    /** This many copies after one another along every axis. */
    default Value tile(long... repeats) {
      return Value.of(new Layout.Tile(), self(), Value.longs(repeats.clone()));
    }

    /** From {@code starts} up to but not including {@code ends}, as Python's slices. */
    default Value slice(long[] starts, long[] ends, long[] axes, long[] steps) {
      return Value.of(
          new Slicing.Slice(),
          self(),
          Value.longs(starts.clone()),
          Value.longs(ends.clone()),
          Value.longs(axes.clone()),
          Value.longs(steps.clone()));
    }

    /** Elements {@code start} up to but not including {@code end} of one axis. */
    default Value slice(long axis, long start, long end) {
      return Value.of(
          new Slicing.Slice(), self(), Value.longs(start), Value.longs(end), Value.longs(axis));
    }

    /** With {@code value} around it: counts before each axis, then counts after each axis. */
    default Value pad(long[] padsBeginThenEnd, double value) {
      @Nullable Value constant = value == 0 ? null : Value.scalar(self().element(), value);
      return Value.of(
          new Slicing.Pad(Slicing.PadMode.CONSTANT),
          self(),
          Value.longs(padsBeginThenEnd.clone()),
          constant);
    }

    /** Parts of these sizes along {@code axis}. */
    default List<Value> split(long axis, long... sizes) {
      List<Value> inputs = List.of(self(), Value.longs(sizes.clone()));
      return Node.of(new Slicing.Split(axis, null), inputs, sizes.length).outputs();
    }

    /** The shape at run time, an int64 vector. */
    default Value shapeOf() {
      return Value.of(new Sizing.Shape(0, null), self());
    }

    /** The number of elements at run time, an int64 scalar. */
    default Value sizeOf() {
      return Value.of(new Sizing.Size(), self());
    }

    default Value zerosLike() {
      return Extents.full(self(), 0);
    }

    default Value onesLike() {
      return Extents.full(self(), 1);
    }
  }
}
