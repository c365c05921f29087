package dev.sardonyx.testkit;

import static dev.sardonyx.ir.AutoPad.NOTSET;
import static dev.sardonyx.ir.AutoPad.SAME_LOWER;
import static dev.sardonyx.ir.AutoPad.SAME_UPPER;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.distinct;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.longs;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Pooling;
import dev.sardonyx.ir.type.Tensor;
import java.util.Arrays;
import java.util.List;

/** {@link Pooling}. */
final class PoolingRows {
  private PoolingRows() {}

  static List<OpCase> rows() {
    return List.of(
        max(NOTSET, false, list(), list(2, 2), list(), list(2, 2)).inputs(distinct(2, 3, 4, 6)),
        max(NOTSET, false, list(), list(3, 2), list(), list(1, 1))
            .inputs(distinct(1, 2, 5, 4))
            .note("overlapping"),
        max(NOTSET, false, list(), list(2, 2), list(), list(2, 2))
            .inputs(distinct(1, 2, 5, 5))
            .note("a rest"),
        max(NOTSET, true, list(), list(2, 3), list(1, 0, 1, 0), list(2, 2))
            .inputs(distinct(1, 2, 5, 6)),
        max(SAME_UPPER, false, list(), list(3, 3), list(), list(2, 2)).inputs(distinct(1, 1, 5, 6)),
        max(SAME_LOWER, false, list(), list(2), list(), list(2))
            .inputs(distinct(2, 2, 5))
            .note("1-D"),
        max(NOTSET, false, list(2, 1), list(2, 2), list(), list(1, 2)).inputs(distinct(1, 2, 5, 4)),
        average(NOTSET, false, false, list(2, 2), list(), list(2, 2)).inputs(f32(2, 3, 4, 6)),
        average(NOTSET, false, false, list(3, 2), list(1, 1, 1, 0), list(2, 1))
            .inputs(f32(1, 2, 5, 4)),
        average(NOTSET, false, true, list(3, 3), list(1, 1, 1, 1), list(2, 2))
            .inputs(f32(1, 2, 5, 5)),
        average(NOTSET, true, false, list(2, 2), list(), list(2, 2)).inputs(f32(1, 2, 5, 5)),
        average(SAME_UPPER, false, false, list(3, 3), list(), list(2, 2)).inputs(f32(1, 2, 5, 6)),
        average(SAME_LOWER, false, true, list(2, 2), list(), list(3, 2)).inputs(f32(1, 2, 7, 5)),
        average(NOTSET, false, false, list(3), list(1, 1), list(1))
            .inputs(f32(2, 2, 5))
            .note("1-D"),
        OpCase.of(new Pooling.GlobalAveragePool()).inputs(f32(2, 3, 4, 5)),
        OpCase.of(
                new Pooling.AveragePool(
                    SAME_UPPER, false, false, list(2, 2), list(2, 3), list(), list(2, 1)))
            .inputs(f32(2, 3, 5, 6))
            .fixedShapesOnly("opset 13 says it where extents are known"),
        OpCase.of(
                new Pooling.AveragePool(NOTSET, true, true, list(2), list(2), list(1, 1), list(2)))
            .inputs(f32(1, 2, 6))
            .fixedShapesOnly("how far the last window runs over the end depends on the extents"),
        OpCase.of(new Pooling.GlobalMaxPool()).inputs(distinct(2, 3, 4, 5)),
        OpCase.of(new Pooling.GlobalLpPool(2)).inputs(f32(2, 3, 4, 5)),
        OpCase.of(new Pooling.GlobalLpPool(3)).inputs(f32(2, 3, 4)),
        norm(NOTSET, false, 2, list(2, 2), list(), list(2, 1)).inputs(f32(2, 3, 4, 6)),
        norm(NOTSET, true, 1, list(3, 2), list(1, 0, 1, 0), list(2, 2))
            .inputs(f32(1, 2, 5, 5))
            .fixedShapesOnly("how far the last window runs over the end depends on the extents"),
        norm(SAME_UPPER, false, 3, list(3), list(), list(2))
            .inputs(f32(1, 2, 5))
            .fixedShapesOnly("padding to the same size depends on the extents"),
        OpCase.of(new Pooling.MaxUnpool(list(2, 2), list(), list(2, 2)))
            .inputs(
                f32(1, 1, 2, 2),
                data(Tensor.of(new long[] {0, 3, 9, 14}, 1, 1, 2, 2)),
                longs(1, 1, 4, 4))
            .note("an output shape")
            .fixedShapesOnly("indices are positions in the whole tensor"),
        OpCase.of(new Pooling.MaxUnpool(list(2, 2), list(), list(2, 2)))
            .inputs(f32(1, 1, 2, 2), data(Tensor.of(new long[] {0, 3, 9, 14}, 1, 1, 2, 2)))
            .fixedShapesOnly("indices are positions in the whole tensor"));
  }

  private static OpCase norm(
      AutoPad auto, boolean ceil, long p, List<Long> kernel, List<Long> pads, List<Long> strides) {
    return OpCase.of(new Pooling.LpPool(auto, ceil, list(), kernel, p, pads, strides));
  }

  private static List<Long> list(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static OpCase max(
      AutoPad auto,
      boolean ceil,
      List<Long> dilations,
      List<Long> kernel,
      List<Long> pads,
      List<Long> strides) {
    return OpCase.of(new Pooling.MaxPool(auto, ceil, dilations, kernel, pads, false, strides));
  }

  private static OpCase average(
      AutoPad auto,
      boolean ceil,
      boolean countPadding,
      List<Long> kernel,
      List<Long> pads,
      List<Long> strides) {
    return OpCase.of(
        new Pooling.AveragePool(auto, ceil, countPadding, list(), kernel, pads, strides));
  }
}
