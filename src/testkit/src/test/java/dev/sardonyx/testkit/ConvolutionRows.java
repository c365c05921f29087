package dev.sardonyx.testkit;

import static dev.sardonyx.ir.AutoPad.NOTSET;
import static dev.sardonyx.ir.AutoPad.SAME_LOWER;
import static dev.sardonyx.ir.AutoPad.SAME_UPPER;
import static dev.sardonyx.ir.AutoPad.VALID;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import java.util.Arrays;
import java.util.List;

/** {@link Convolution}. */
final class ConvolutionRows {
  private static final String SYMBOLIC_SPACE = "its gradient needs the spatial extents";

  private ConvolutionRows() {}

  static List<OpCase> rows() {
    return List.of(
        conv(NOTSET, 1, list(), list(), list()).inputs(f32(2, 3, 5, 5), f32(4, 3, 3, 3), f32(4)),
        conv(NOTSET, 1, list(), list(1, 0, 2, 1), list(2, 1))
            .inputs(f32(2, 2, 6, 5), f32(3, 2, 3, 2)),
        conv(NOTSET, 1, list(), list(), list(3, 3))
            .inputs(f32(1, 2, 8, 8), f32(2, 2, 2, 2))
            .note("a stride that drops rows"),
        conv(NOTSET, 2, list(2, 1), list(1, 1, 1, 1), list())
            .inputs(f32(2, 4, 6, 4), f32(6, 2, 2, 3)),
        conv(NOTSET, 3, list(), list(), list(2, 2))
            .inputs(f32(2, 3, 5, 6), f32(3, 1, 2, 2))
            .note("depthwise"),
        conv(SAME_UPPER, 1, list(), list(), list(2, 2)).inputs(f32(1, 2, 5, 6), f32(2, 2, 3, 2)),
        OpCase.of(new Convolution.Conv(SAME_UPPER, list(), 2, list(3, 2), list(), list(2, 2)))
            .inputs(f32(1, 2, 5, 6), f32(2, 1, 3, 2), f32(2)),
        OpCase.of(new Convolution.Conv(SAME_LOWER, list(), 1, list(2, 3), list(), list(3, 1)))
            .inputs(f32(2, 2, 7, 4), f32(3, 2, 2, 3)),
        conv(SAME_LOWER, 1, list(), list(), list(1, 1)).inputs(f32(1, 1, 4, 5), f32(2, 1, 2, 3)),
        conv(VALID, 1, list(2), list(), list()).inputs(f32(2, 2, 9), f32(3, 2, 3)).note("1-D"),
        conv(NOTSET, 1, list(), list(1, 0, 1, 0, 1, 1), list(2, 1, 1))
            .inputs(f32(1, 2, 4, 3, 3), f32(2, 2, 2, 2, 2))
            .note("3-D"),
        conv(NOTSET, 1, list(), list(1, 1, 1, 1), list())
            .inputs(f32(1, 2, 17, 17), f32(2, 2, 3, 3))
            .note("dx by the kernel turned round"),
        conv(NOTSET, 1, list(1, 2), list(3, 2, 2, 1), list(2, 1))
            .inputs(f32(1, 2, 32, 30), f32(3, 2, 5, 7))
            .note("dw image by image"),
        conv(NOTSET, 2, list(), list(3, 3, 3, 3), list())
            .inputs(f32(2, 2, 18, 16), f32(4, 1, 7, 7))
            .note("dw image by image, in groups"),
        transposed(NOTSET, 1, list(), list(), list(), list(), list())
            .inputs(f32(2, 3, 4, 4), f32(3, 2, 3, 3), f32(2)),
        transposed(NOTSET, 1, list(), list(1, 0), list(), list(1, 1, 0, 1), list(2, 3))
            .inputs(f32(1, 2, 3, 4), f32(2, 3, 3, 3)),
        transposed(NOTSET, 2, list(2, 1), list(), list(), list(), list(2, 2))
            .inputs(f32(2, 4, 3, 3), f32(4, 3, 2, 2), f32(6)),
        transposed(NOTSET, 1, list(), list(), list(8, 7), list(), list(2, 2))
            .inputs(f32(1, 2, 4, 3), f32(2, 1, 3, 3))
            .note("to a given shape"),
        transposed(SAME_UPPER, 1, list(), list(), list(), list(), list(2, 2))
            .inputs(f32(1, 1, 3, 4), f32(1, 2, 3, 3)),
        deformable(1, 1, list(1, 1, 0, 1), list(2, 1))
            .inputs(f32(1, 2, 4, 5), f32(3, 2, 2, 2), places(1, 8, 2, 6), f32(3)),
        deformable(2, 2, list(), list())
            .inputs(
                f32(2, 4, 4, 3),
                f32(2, 2, 2, 2),
                places(2, 16, 3, 2),
                null,
                uniform(0.1, 0.9, 2, 8, 3, 2)));
  }

  /** Offsets that stay away from whole pixels, where the gradient jumps. */
  private static OpCase.Source places(long... dims) {
    return uniform(0.1, 0.4, dims);
  }

  private static OpCase deformable(long group, long offsets, List<Long> pads, List<Long> strides) {
    return OpCase.of(new Convolution.DeformConv(list(), group, list(), offsets, pads, strides))
        .fixedShapesOnly("its expansion needs the kernel's shape");
  }

  private static List<Long> list(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static OpCase conv(
      AutoPad auto, long group, List<Long> dilations, List<Long> pads, List<Long> strides) {
    return OpCase.of(new Convolution.Conv(auto, dilations, group, list(), pads, strides))
        .fixedShapesOnly(SYMBOLIC_SPACE);
  }

  private static OpCase transposed(
      AutoPad auto,
      long group,
      List<Long> dilations,
      List<Long> outputPadding,
      List<Long> outputShape,
      List<Long> pads,
      List<Long> strides) {
    return OpCase.of(
            new Convolution.ConvTranspose(
                auto, dilations, group, list(), outputPadding, outputShape, pads, strides))
        .fixedShapesOnly(SYMBOLIC_SPACE);
  }
}
