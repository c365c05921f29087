package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Axes in another order. */
final class Axes {
  private Axes() {}

  /** {@code x} with one axis at another place, the others in order. */
  static Value move(Value x, int from, int to) {
    return move(x, new long[] {from}, new long[] {to});
  }

  /** {@code x} with these axes at other places, the others in order. */
  static Value move(Value x, long[] from, long[] to) {
    int rank = x.shape().rank();
    long[] order = new long[rank];
    Arrays.fill(order, -1);
    for (int i = 0; i < from.length; i++) {
      order[(int) to[i]] = from[i];
    }
    int next = 0;
    for (int axis = 0; axis < rank; axis++) {
      int candidate = axis;
      if (LongStream.of(from).noneMatch(f -> f == candidate)) {
        while (order[next] >= 0) {
          next++;
        }
        order[next] = axis;
      }
    }
    return transpose(x, order);
  }

  /** {@link Value#transpose}, unless nothing moves. */
  static Value transpose(Value x, long... order) {
    boolean same = IntStream.range(0, order.length).allMatch(i -> order[i] == i);
    return same ? x : x.transpose(order);
  }

  static Value swap(Value x, int a, int b) {
    long[] order = LongStream.range(0, x.shape().rank()).toArray();
    order[a] = b;
    order[b] = a;
    return transpose(x, order);
  }

  /** The axes that are not among these. */
  static long[] others(Value x, long... axes) {
    return LongStream.range(0, x.shape().rank())
        .filter(a -> LongStream.of(axes).noneMatch(b -> a == b))
        .toArray();
  }

  /** These axes put last and made one; the others are in front, in order. */
  static Value lastOf(Value x, long... axes) {
    long[] kept = others(x, axes);
    Value moved =
        transpose(x, LongStream.concat(LongStream.of(kept), LongStream.of(axes)).toArray());
    return axes.length == 1 ? moved : Sizes.reshape(moved, Sizes.shape(moved, 0, kept.length), -1L);
  }

  /** New axes of extent 1 at these places of the result, in ascending order. */
  static Value restore(Value reduced, long... axes) {
    long[] sorted = axes.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? reduced : reduced.unsqueeze(sorted);
  }

  static List<Long> list(long... axes) {
    return new ArrayList<>(Arrays.stream(axes).boxed().toList());
  }
}
