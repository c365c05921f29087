package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.bool;
import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.i64;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.Arithmetic;
import dev.sardonyx.ir.Bitwise;
import dev.sardonyx.ir.Comparison;
import dev.sardonyx.ir.ParametricActivation;
import dev.sardonyx.ir.Summation;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** Functions of several elements. */
final class BroadcastingRows {
  private BroadcastingRows() {}

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(new Arithmetic.Add()).inputs(f32(3, 4), f32(3, 4)),
        OpCase.of(new Arithmetic.Add()).inputs(f32(2, 1, 4), f32(3, 1)).note("broadcast both"),
        OpCase.of(new Arithmetic.Sub()).inputs(f32(3, 4), f32(4)).note("broadcast rank"),
        OpCase.of(new Arithmetic.Mul()).inputs(f32(3, 4), f32()).note("scalar"),
        OpCase.of(new Arithmetic.Mul()).inputs(f32(3, 4), f32(3, 1)).note("broadcast"),
        OpCase.of(new Arithmetic.Div()).inputs(f32(1, 4), uniform(0.5, 2, 3, 1)),
        OpCase.of(new Arithmetic.Pow()).inputs(uniform(0.3, 2, 3, 4), f32(4)),
        OpCase.of(new Arithmetic.Pow())
            .inputs(f32(3, 4), constant(Tensor.scalar(3f)))
            .note("negative base"),
        OpCase.of(new Arithmetic.Pow())
            .inputs(f32(3), data(Tensor.of(new long[] {2, 3, 0})))
            .note("integer exponents"),
        OpCase.of(new Arithmetic.Mod(true)).inputs(uniform(2, 5, 3, 4), uniform(0.8, 1.4, 4)),
        OpCase.of(new Arithmetic.Mod(false)).inputs(i64(-9, 9, 5), i64(1, 4, 5)),
        OpCase.of(new Arithmetic.Mod(false))
            .inputs(
                data(Tensor.of(new float[] {4.5f, -4.5f, 4.5f, -4.5f})),
                data(Tensor.of(new float[] {2, 2, -2, -2})))
            .expects(Tensor.of(new float[] {0.5f, 1.5f, -1.5f, -0.5f}))
            .note("floats"),
        OpCase.of(new Bitwise.BitShift(Bitwise.Direction.RIGHT))
            .inputs(
                data(Tensor.of(new long[] {-5, 5, -5, 5, -1})),
                data(Tensor.of(new long[] {1, 1, 64, 64, -1})))
            .expects(Tensor.of(new long[] {-3, 2, -1, 0, -1}))
            .note("signed"),
        OpCase.of(new Bitwise.BitShift(Bitwise.Direction.LEFT))
            .inputs(
                data(Tensor.of(new long[] {-5, 5, Long.MAX_VALUE, 5})),
                data(Tensor.of(new long[] {1, 64, 1, -1})))
            .expects(Tensor.of(new long[] {-10, 0, -2, 0}))
            .note("signed"),
        OpCase.of(new Summation.Sum()).inputs(f32(3, 4), f32(4), f32(3, 1)),
        OpCase.of(new Summation.Mean()).inputs(f32(3, 4), f32(4), f32()),
        OpCase.of(new Summation.Mean()).inputs(f32(3)).note("alone"),
        OpCase.of(new ParametricActivation.PRelu()).inputs(f32(2, 3, 4), f32(3, 1)),
        OpCase.of(new ParametricActivation.SwiGLU(1)).inputs(f32(3, 4), f32(3, 4)),
        OpCase.of(new ParametricActivation.SwiGLU(0.7f)).inputs(f32(3, 4), f32(3, 4)),
        OpCase.of(new Bitwise.BitwiseOr()).inputs(u32(12, 10), u32(10, 7)),
        OpCase.of(new Arithmetic.Max()).inputs(f32(3, 4), f32(4), f32()),
        OpCase.of(new Arithmetic.Max()).inputs(f32(3)).note("alone"),
        OpCase.of(new Arithmetic.Min()).inputs(f32(3, 4), f32(4), f32(3, 1)),
        OpCase.of(new Arithmetic.Clip()).inputs(f32(3, 4), scalar(-0.8), scalar(0.9)),
        OpCase.of(new Arithmetic.Clip()).inputs(f32(3, 4), null, scalar(0.4)).note("no minimum"),
        OpCase.of(new Arithmetic.Clip()).inputs(f32(3, 4), scalar(0.4)).note("no maximum"),
        OpCase.of(new Arithmetic.Clip())
            .inputs(f32(3, 4), scalar(0.9), scalar(-0.8))
            .note("crossed"),
        OpCase.of(new Comparison.Equal()).inputs(i64(0, 3, 6), i64(0, 3, 6)),
        OpCase.of(new Comparison.Greater()).inputs(f32(3, 4), f32(4)),
        OpCase.of(new Comparison.GreaterOrEqual()).inputs(f32(3, 4), f32(4)),
        OpCase.of(new Comparison.Less()).inputs(f32(3, 4), f32(4)),
        OpCase.of(new Comparison.LessOrEqual()).inputs(f32(3, 4), f32(4)),
        OpCase.of(new Comparison.And()).inputs(bool(3, 4), bool(4)),
        OpCase.of(new Comparison.Or()).inputs(bool(3, 4), bool(4)),
        OpCase.of(new Comparison.Xor()).inputs(bool(3, 4), bool(4)),
        OpCase.of(new Comparison.Where()).inputs(bool(3, 1), f32(3, 4), f32(4)),
        OpCase.of(new Bitwise.BitShift(Bitwise.Direction.LEFT))
            .inputs(u32(1, 5, 255), u32(3, 31, 1)),
        OpCase.of(new Bitwise.BitShift(Bitwise.Direction.RIGHT)).inputs(u32(99, 5, 7), u32(1)),
        OpCase.of(new Bitwise.BitwiseAnd()).inputs(u32(12, 10), u32(10, 7)),
        OpCase.of(new Bitwise.BitwiseXor()).inputs(u32(12, 10), u32(10, 7)),
        OpCase.of(new Bitwise.BitwiseXor())
            .inputs(i64(-9, 9, 3, 4), i64(-9, 9, 4))
            .note("negative numbers"),
        OpCase.of(new Comparison.Equal())
            .inputs(
                data(Tensor.ofStrings(List.of("a", "b", "", "ab", "a", "b"), 2, 3)),
                data(Tensor.ofStrings(List.of("b", "b", ""), 3)))
            .note("strings"));
  }

  private static OpCase.Source scalar(double value) {
    return data(Tensor.scalar((float) value));
  }

  private static OpCase.Source u32(double... values) {
    return data(Tensor.from(ElementType.UINT32, values, new long[] {values.length}));
  }
}
