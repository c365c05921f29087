package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.distinct;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.i64;
import static dev.sardonyx.testkit.OpCase.longs;

import dev.sardonyx.ir.Choosing;
import dev.sardonyx.ir.Gathering;
import dev.sardonyx.ir.Indexing;
import dev.sardonyx.ir.Indexing.ScatterReduction;
import dev.sardonyx.ir.Scattering;
import dev.sardonyx.ir.Selection;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** {@link Indexing}. */
final class IndexingRows {
  private IndexingRows() {}

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(new Gathering.Gather(0)).inputs(f32(4, 3), i64(-4, 4, 2, 3)),
        OpCase.of(new Gathering.Gather(1)).inputs(f32(2, 4, 3), i64(0, 4, 5)).note("repeated"),
        OpCase.of(new Gathering.Gather(1))
            .inputs(f32(2, 4), constant(Tensor.scalar(2L)))
            .note("one"),
        OpCase.of(new Gathering.GatherElements(1)).inputs(f32(3, 4), i64(-4, 4, 3, 2)),
        OpCase.of(new Gathering.GatherND(0)).inputs(f32(2, 3, 4), i64(0, 2, 3, 2)),
        OpCase.of(new Gathering.GatherND(1))
            .inputs(f32(2, 3, 4), i64(0, 3, 2, 1))
            .note("in batches"),
        OpCase.of(new Scattering.ScatterElements(1, ScatterReduction.NONE))
            .inputs(f32(2, 4), data(Tensor.of(new long[] {0, 3, 1, -2}, 2, 2)), f32(2, 2)),
        OpCase.of(new Scattering.ScatterElements(0, ScatterReduction.ADD))
            .inputs(f32(3, 2), i64(0, 3, 4, 2), f32(4, 2)),
        OpCase.of(new Scattering.ScatterND(ScatterReduction.NONE))
            .inputs(f32(4, 3), data(Tensor.of(new long[] {2, 0}, 2, 1)), f32(2, 3)),
        OpCase.of(new Scattering.ScatterElements(-1, ScatterReduction.MAX))
            .inputs(f32(3, 4), i64(-4, 4, 2, 6), f32(2, 6)),
        OpCase.of(new Scattering.ScatterND(ScatterReduction.MIN))
            .inputs(f32(4, 3), data(Tensor.of(new long[] {2, 2, 0}, 3, 1)), f32(3, 3))
            .note("several at a place"),
        OpCase.of(new Scattering.ScatterND(ScatterReduction.ADD))
            .inputs(f32(4, 3), data(Tensor.of(new long[] {2, 0}, 2, 1)), f32(2, 3)),
        OpCase.of(new Selection.OneHot(-1))
            .inputs(i64(0, 4, 3), constant(Tensor.of(new long[] {4})), f32(2)),
        OpCase.of(new Selection.NonZero()).inputs(data(Tensor.of(new float[] {1, 0, 0, 2}, 2, 2))),
        OpCase.of(new Selection.TopK(1, true, true)).inputs(distinct(3, 5), longs(2)),
        OpCase.of(new Selection.TopK(0, false, true)).inputs(distinct(4, 2), longs(3)),
        OpCase.of(new Choosing.Compress(1L))
            .inputs(f32(2, 4, 3), data(Tensor.of(new boolean[] {true, false, true}, 3))),
        OpCase.of(new Choosing.Compress(null))
            .inputs(f32(2, 2), data(Tensor.of(new boolean[] {false, true, true}, 3))),
        OpCase.of(new Choosing.ReverseSequence(1, 0))
            .inputs(f32(4, 3, 2), data(Tensor.of(new long[] {4, 1, 2}, 3))),
        OpCase.of(new Choosing.ReverseSequence(0, 1))
            .inputs(f32(3, 4), data(Tensor.of(new long[] {1, 3, 4}, 3))),
        OpCase.of(new Choosing.Unique(null, true)).inputs(i64(0, 4, 2, 3)).outputs(4),
        OpCase.of(new Choosing.Unique(1L, false)).inputs(i64(0, 2, 2, 5)).outputs(3),
        OpCase.of(new Choosing.Unique(null, true))
            .inputs(data(Tensor.of(new int[] {3, 1, 3, 2}, 4)))
            .outputs(4)
            .note("of int32"));
  }
}
