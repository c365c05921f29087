package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.distinct;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.AxisNormalization.Hardmax;
import dev.sardonyx.ir.AxisNormalization.LpNormalization;
import dev.sardonyx.ir.AxisNormalization.MeanVarianceNormalization;
import dev.sardonyx.ir.AxisNormalization.RMSNormalization;
import dev.sardonyx.ir.ChannelNormalization.GroupNormalization;
import dev.sardonyx.ir.ChannelNormalization.InstanceNormalization;
import dev.sardonyx.ir.ChannelNormalization.LRN;
import dev.sardonyx.ir.Normalization;
import dev.sardonyx.ir.Random;
import dev.sardonyx.ir.Sampling.Bernoulli;
import dev.sardonyx.ir.Sampling.Dropout;
import dev.sardonyx.ir.Sampling.Multinomial;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** {@link Normalization} and {@link Random}. */
final class NormalizationRows {
  private NormalizationRows() {}

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(new Normalization.Softmax(-1)).inputs(f32(3, 4)),
        OpCase.of(new Normalization.Softmax(1)).inputs(f32(2, 3, 4)),
        OpCase.of(new Normalization.LogSoftmax(-1)).inputs(f32(3, 4)),
        OpCase.of(new Normalization.LogSoftmax(0)).inputs(f32(3, 2)),
        OpCase.of(new Normalization.BatchNormalization(1e-3f, 0.9f, false))
            .inputs(f32(2, 3, 4, 4), f32(3), f32(3), f32(3), uniform(0.5, 2, 3)),
        OpCase.of(new Normalization.BatchNormalization(1e-3f, 0.9f, false))
            .inputs(f32(5, 3), f32(3), f32(3), f32(3), uniform(0.5, 2, 3))
            .note("of a matrix"),
        OpCase.of(new Normalization.BatchNormalization(1e-3f, 0.9f, true))
            .inputs(f32(3, 2, 2, 4), f32(2), f32(2), f32(2), uniform(0.5, 2, 2))
            .note("of a batch"),
        OpCase.of(new Normalization.BatchNormalization(1e-3f, 0.75f, true))
            .inputs(f32(6, 3), f32(3), f32(3), f32(3), uniform(0.5, 2, 3))
            .note("of a batch of vectors"),
        OpCase.of(new Normalization.LayerNormalization(-1, 1e-3f, ElementType.FLOAT32))
            .inputs(f32(2, 3, 4), f32(4), f32(4)),
        OpCase.of(new Normalization.LayerNormalization(1, 1e-3f, ElementType.FLOAT32))
            .inputs(f32(2, 3, 4), f32(3, 4))
            .note("no bias"),
        OpCase.of(new InstanceNormalization(1e-3f)).inputs(f32(2, 3, 4, 2), f32(3), f32(3)),
        OpCase.of(new GroupNormalization(1e-3f, 2, ElementType.FLOAT32))
            .inputs(f32(2, 4, 3, 2), f32(4), f32(4))
            .float32Only("its arithmetic is float32"),
        OpCase.of(new LRN(0.1f, 0.75f, 1, 3)).inputs(f32(2, 5, 3, 2)),
        OpCase.of(new LRN(2, 1, 1, 2))
            .inputs(data(Tensor.of(new float[] {1, 2, 3}, 1, 3, 1)))
            .expects(Tensor.of(new float[] {1 / 6f, 2 / 14f, 3 / 10f}, 1, 3, 1)),
        OpCase.of(new RMSNormalization(-1, 1e-3f, ElementType.FLOAT32))
            .inputs(f32(2, 3, 4), f32(4)),
        OpCase.of(new RMSNormalization(1, 1e-3f, ElementType.FLOAT32))
            .inputs(f32(2, 3, 4), f32(3, 4)),
        OpCase.of(new MeanVarianceNormalization(List.of(0L, 2L, 3L))).inputs(f32(2, 3, 4, 2)),
        OpCase.of(new MeanVarianceNormalization(List.of(-1L))).inputs(f32(2, 3, 4)),
        OpCase.of(new LpNormalization(-1, 2)).inputs(f32(3, 4)),
        OpCase.of(new LpNormalization(0, 1)).inputs(f32(3, 4)),
        OpCase.of(new Hardmax(-1)).inputs(distinct(3, 4)),
        OpCase.of(new Hardmax(0)).inputs(distinct(3, 4)),
        OpCase.of(new Hardmax(1))
            .inputs(data(Tensor.of(new float[] {1, 2, 2, 0, 0, 0}, 1, 3, 2)))
            .note("ties"),
        OpCase.of(new Random.RandomUniformLike(null, 2, -1, 3f))
            .inputs(f32(2, 3))
            .randomResult("draws"),
        OpCase.of(new Random.RandomNormalLike(null, 0, 1, 3f))
            .inputs(f32(2, 3))
            .randomResult("draws"),
        OpCase.of(new Random.RandomUniform(ElementType.FLOAT32, 1, 0, 3f, List.of(2L, 3L)))
            .randomResult("draws"),
        OpCase.of(new Random.RandomNormal(ElementType.FLOAT32, 0, 1, 3f, List.of(2L, 3L)))
            .randomResult("draws"),
        OpCase.of(new Dropout(null)).inputs(f32(3, 4)),
        OpCase.of(new Dropout(7L))
            .inputs(f32(3, 4), data(Tensor.scalar(0.25f)), data(boolOf(false)))
            .float32Only("a ratio moved by h")
            .note("not training"),
        OpCase.of(new Dropout(7L))
            .inputs(f32(3, 4), constant(Tensor.scalar(0f)), constant(boolOf(true)))
            .note("nothing dropped"),
        OpCase.of(new Dropout(7L))
            .inputs(f32(30, 40), constant(Tensor.scalar(0.25f)), constant(boolOf(true)))
            .randomResult("draws")
            .note("training"),
        OpCase.of(new Bernoulli(null, 3f)).inputs(uniform(0, 1, 3, 4)).randomResult("draws"),
        OpCase.of(new Bernoulli(ElementType.BOOL, null))
            .inputs(uniform(0, 1, 3, 4))
            .randomResult("draws"),
        OpCase.of(new Multinomial(ElementType.INT64, 5, 3f))
            .inputs(f32(3, 4))
            .randomResult("draws"));
  }

  private static Tensor boolOf(boolean value) {
    return Tensor.scalar(ElementType.BOOL, value ? 1 : 0);
  }
}
