package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.Normalization;
import dev.sardonyx.ir.Random;
import dev.sardonyx.ir.type.ElementType;
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
        OpCase.of(new Normalization.LayerNormalization(-1, 1e-3f, ElementType.FLOAT32))
            .inputs(f32(2, 3, 4), f32(4), f32(4)),
        OpCase.of(new Normalization.LayerNormalization(1, 1e-3f, ElementType.FLOAT32))
            .inputs(f32(2, 3, 4), f32(3, 4))
            .note("no bias"),
        OpCase.of(new Random.RandomUniformLike(null, 2, -1, 3f))
            .inputs(f32(2, 3))
            .randomResult("draws"),
        OpCase.of(new Random.RandomNormalLike(null, 0, 1, 3f))
            .inputs(f32(2, 3))
            .randomResult("draws"),
        OpCase.of(new Random.RandomUniform(ElementType.FLOAT32, 1, 0, 3f, List.of(2L, 3L)))
            .randomResult("draws"),
        OpCase.of(new Random.RandomNormal(ElementType.FLOAT32, 0, 1, 3f, List.of(2L, 3L)))
            .randomResult("draws"));
  }
}
