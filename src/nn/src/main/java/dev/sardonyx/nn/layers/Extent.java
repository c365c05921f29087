package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;

/** Extents as values: constants where they are known. */
final class Extent {
  private Extent() {}

  /** The extent of one axis, a vector of one element. */
  static Value of(Value x, int axis) {
    Dim dim = x.shape().dim(axis);
    return dim.isFixed() ? Value.longs(dim.value()) : x.shapeOf().slice(0, axis, axis + 1L);
  }

  /** The extent of one axis, a scalar. */
  static Value scalar(Value x, int axis) {
    return of(x, axis).squeeze(0);
  }

  /** The extents of the axes from {@code from} to {@code to}, that one not included. */
  static Value of(Value x, int from, int to) {
    Value[] extents = new Value[to - from];
    for (int i = from; i < to; i++) {
      extents[i - from] = of(x, i);
    }
    return extents.length == 0 ? Value.longs() : Value.concat(0, extents);
  }
}
