package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.distinct;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.longs;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.Aggregation;
import dev.sardonyx.ir.AlongAxis;
import dev.sardonyx.ir.Norm;
import dev.sardonyx.ir.Reduction;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** {@link Reduction}. */
final class ReductionRows {
  private ReductionRows() {}

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(new Aggregation.ReduceSum(true, false)).inputs(f32(2, 3, 4), longs(1)),
        OpCase.of(new Aggregation.ReduceSum(false, false)).inputs(f32(2, 3, 4), longs(0, -1)),
        OpCase.of(new Aggregation.ReduceSum(false, false)).inputs(f32(2, 3)).note("all"),
        OpCase.of(new Aggregation.ReduceSum(true, true)).inputs(f32(2, 3)).note("none"),
        OpCase.of(new Aggregation.ReduceSum(false, false))
            .inputs(f32(2, 3, 4), data(Tensor.of(new long[] {1})))
            .note("axes at run time"),
        OpCase.of(new Aggregation.ReduceMean(true, false)).inputs(f32(2, 3, 4), longs(2, 0)),
        OpCase.of(new Aggregation.ReduceMean(false, false)).inputs(f32(2, 3)).note("all"),
        OpCase.of(new Aggregation.ReduceMax(true, false)).inputs(distinct(2, 3, 4), longs(1)),
        OpCase.of(new Aggregation.ReduceMax(false, false)).inputs(distinct(2, 3)).note("all"),
        OpCase.of(new Aggregation.ReduceMin(false, false)).inputs(distinct(2, 3, 4), longs(-1)),
        OpCase.of(new Aggregation.ReduceProd(true, false)).inputs(f32(2, 3, 4), longs(1)),
        OpCase.of(new Aggregation.ReduceProd(false, false))
            .inputs(data(Tensor.of(new float[] {2, 0, 3, 1.5f, -2, 0.5f, 0, 4, 0}, 3, 3)), longs(1))
            .note("with one zero and two"),
        OpCase.of(new Aggregation.ReduceProd(false, false))
            .inputs(data(Tensor.of(new float[] {2, 0, 3, 1.5f, -2, 0.5f}, 3, 2)))
            .note("all, with a zero"),
        OpCase.of(new Aggregation.ReduceProd(true, false))
            .inputs(
                data(Tensor.of(new float[] {2, 0, 3, 1.5f, -2, 0, 0.5f, 4}, 2, 2, 2)), longs(-3, 2))
            .note("two axes, with two zeros"),
        OpCase.of(new Aggregation.ReduceProd(false, false))
            .inputs(
                data(Tensor.of(new float[] {2, 0, 3, 0, -2, 0}, 2, 3)),
                data(Tensor.of(new long[] {1})))
            .note("axes at run time, with zeros"),
        OpCase.of(new Aggregation.ReduceProd(false, true))
            .inputs(data(Tensor.of(new float[] {2, 0}, 2)))
            .note("none"),
        OpCase.of(new Norm.ReduceL1(false, false)).inputs(f32(2, 3, 4), longs(1)),
        OpCase.of(new Norm.ReduceL2(true, false)).inputs(f32(2, 3, 4), longs(1, 2)),
        OpCase.of(new Norm.ReduceSumSquare(false, false)).inputs(f32(2, 3, 4), longs(0)),
        OpCase.of(new Norm.ReduceLogSum(true, false)).inputs(uniform(0.3, 2, 2, 3, 4), longs(1)),
        OpCase.of(new Norm.ReduceLogSumExp(false, false)).inputs(f32(2, 3, 4), longs(2)),
        OpCase.of(new AlongAxis.ArgMax(1, true, false)).inputs(distinct(2, 3, 4)),
        OpCase.of(new AlongAxis.ArgMin(-1, false, true)).inputs(distinct(2, 3, 4)),
        OpCase.of(new AlongAxis.CumSum(false, false))
            .inputs(f32(2, 3), constant(Tensor.scalar(1L))),
        OpCase.of(new AlongAxis.CumSum(true, true)).inputs(f32(3, 2), constant(Tensor.scalar(-2L))),
        OpCase.of(new AlongAxis.CumProd(false, false))
            .inputs(f32(2, 5), constant(Tensor.scalar(1L))),
        OpCase.of(new AlongAxis.CumProd(false, false))
            .inputs(
                data(Tensor.of(new float[] {2, 0, 3, 1.5f, -2, 0.5f, 0, 4, 0}, 3, 3)),
                constant(Tensor.scalar(1L)))
            .note("with one zero and two"),
        OpCase.of(new AlongAxis.CumProd(true, true))
            .inputs(
                data(Tensor.of(new float[] {2, 0, 3, 1.5f, -2, 0.5f, 0, 4, 0}, 3, 3)),
                constant(Tensor.scalar(0L)))
            .note("with zeros"),
        OpCase.of(new AlongAxis.CumProd(true, false))
            .inputs(f32(2, 3), data(Tensor.scalar(-1L)))
            .note("axis known at run time"),
        OpCase.of(new AlongAxis.CumProd(false, true))
            .inputs(f32(2, 3), constant(Tensor.scalar(-1L))),
        OpCase.of(new AlongAxis.CumProd(true, false))
            .inputs(f32(3, 2), constant(Tensor.scalar(0L))),
        OpCase.of(new AlongAxis.CumProd(true, true))
            .inputs(f32(4, 2), constant(Tensor.scalar(-2L))));
  }
}
