package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.longs;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.Diagonals;
import dev.sardonyx.ir.Layout;
import dev.sardonyx.ir.Shaping;
import dev.sardonyx.ir.Sizing;
import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Slicing.PadMode;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** {@link Shaping}. */
final class ShapingRows {
  private ShapingRows() {}

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(new Layout.Reshape(false)).inputs(f32(2, 3, 4), longs(0, -1)),
        OpCase.of(new Layout.Reshape(false))
            .inputs(f32(2, 6), data(Tensor.of(new long[] {3, 4})))
            .note("to a shape given at run time"),
        OpCase.of(new Layout.Reshape(true)).inputs(f32(2, 6), longs(4, 3)),
        OpCase.of(new Layout.Transpose(List.of(2L, 0L, 1L))).inputs(f32(2, 3, 4)),
        OpCase.of(new Layout.Transpose(List.of())).inputs(f32(2, 3)),
        OpCase.of(new Layout.Squeeze()).inputs(f32(1, 3, 1), longs(0)),
        OpCase.of(new Layout.Squeeze())
            .inputs(f32(1, 3, 1))
            .fixedShapesOnly("axes are not given")
            .note("all"),
        OpCase.of(new Layout.Unsqueeze()).inputs(f32(3, 4), longs(0, -1)),
        OpCase.of(new Layout.Flatten(2)).inputs(f32(2, 3, 4)),
        OpCase.of(new Layout.Flatten(0)).inputs(f32(2, 3)),
        OpCase.of(new Layout.Expand()).inputs(f32(3, 1), longs(2, 3, 4)),
        OpCase.of(new Layout.Expand())
            .inputs(f32(3, 1), data(Tensor.of(new long[] {3, 4})))
            .note("to a shape given at run time"),
        OpCase.of(new Layout.Tile()).inputs(f32(2, 3), longs(2, 3)),
        OpCase.of(new Slicing.Concat(1)).inputs(f32(2, 3), f32(2, 1), f32(2, 2)),
        OpCase.of(new Slicing.Concat(-2)).inputs(f32(2, 3), f32(1, 3)),
        OpCase.of(new Slicing.Split(1, null)).inputs(f32(2, 5), longs(2, 3)),
        OpCase.of(new Slicing.Split(0, 3L)).inputs(f32(7, 2)).note("unevenly"),
        OpCase.of(new Slicing.Slice())
            .inputs(f32(5, 6), longs(1, -1), longs(4, -7), longs(0, 1), longs(1, -2)),
        OpCase.of(new Slicing.Slice()).inputs(f32(5, 6), longs(1), longs(3)).note("first axis"),
        OpCase.of(new Slicing.Slice())
            .inputs(f32(5, 6), longs(2), longs(Long.MAX_VALUE), longs(-1), longs(2))
            .note("to the end"),
        OpCase.of(new Slicing.Slice())
            .inputs(f32(5), data(Tensor.of(new long[] {1})), data(Tensor.of(new long[] {4})))
            .note("bounds at run time"),
        OpCase.of(new Slicing.Pad(PadMode.CONSTANT))
            .inputs(f32(2, 3), longs(1, 0, 0, 2), constant(Tensor.scalar(0.5f))),
        OpCase.of(new Slicing.Pad(PadMode.CONSTANT))
            .inputs(f32(4, 3), longs(-1, 1, 0, -1))
            .note("crops"),
        OpCase.of(new Slicing.Pad(PadMode.REFLECT)).inputs(f32(4, 3), longs(1, 2, 3, 1)),
        OpCase.of(new Slicing.Pad(PadMode.EDGE)).inputs(f32(2, 3), longs(1, 2, 0, 1)),
        OpCase.of(new Sizing.Shape(0, null)).inputs(f32(2, 3, 4)),
        OpCase.of(new Sizing.Shape(1, -1L)).inputs(f32(2, 3, 4)),
        OpCase.of(new Sizing.Size()).inputs(f32(2, 3)),
        OpCase.of(new Sizing.ConstantOfShape(Tensor.of(new float[] {1.5f}))).inputs(longs(2, 3)),
        OpCase.of(new Diagonals.Trilu(true)).inputs(f32(2, 3, 4)),
        OpCase.of(new Diagonals.Trilu(false)).inputs(f32(4, 3), data(Tensor.scalar(-1L))),
        OpCase.of(new Diagonals.EyeLike(null, 0)).inputs(f32(3, 4)),
        OpCase.of(new Diagonals.EyeLike(ElementType.INT64, -1)).inputs(f32(3, 4)),
        OpCase.of(new Sizing.Range(1))
            .inputs(f16(1), f16(3), f16(0.5))
            .expects(
                Tensor.from(ElementType.FLOAT16, new double[] {1, 1.5, 2, 2.5}, new long[] {4}))
            .withoutKernel("ONNX Runtime counts in 32 and 64 bits only")
            .note("float16"),
        OpCase.of(new Sizing.Range(1))
            .inputs(
                constant(Tensor.scalar(1L)),
                constant(Tensor.scalar(9L)),
                constant(Tensor.scalar(3L))),
        OpCase.of(new Sizing.Range(1))
            .inputs(uniform(0.1, 0.2), uniform(3.1, 3.2), uniform(0.52, 0.55))
            .note("floats"));
  }

  private static OpCase.Source f16(double value) {
    return constant(Tensor.scalar(ElementType.FLOAT16, value));
  }
}
