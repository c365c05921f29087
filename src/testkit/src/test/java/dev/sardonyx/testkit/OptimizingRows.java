package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.Gradient;
import dev.sardonyx.ir.Optimizing.Adagrad;
import dev.sardonyx.ir.Optimizing.Adam;
import dev.sardonyx.ir.Optimizing.Momentum;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** Optimizers and the operator Gradient. */
final class OptimizingRows {
  private static final OpCase.Source RATE = data(Tensor.scalar(0.3f));

  private OptimizingRows() {}

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(new Adagrad(0.1f, 1e-3f, 0.01f))
            .inputs(RATE, updates(2), f32(2, 3), f32(2, 3), uniform(0.5, 2, 2, 3)),
        OpCase.of(new Adam(0.9f, 0.99f, 1e-3f, 0.01f, 0.02f))
            .inputs(RATE, updates(0), f32(3), f32(3), f32(3), uniform(0.5, 2, 3))
            .note("first"),
        OpCase.of(new Adam(0.9f, 0.99f, 1e-3f, 0, 0))
            .inputs(
                RATE,
                updates(3),
                f32(3),
                f32(2, 2),
                f32(3),
                f32(2, 2),
                f32(3),
                f32(2, 2),
                uniform(0.5, 2, 3),
                uniform(0.5, 2, 2, 2))
            .note("two tensors"),
        OpCase.of(new Momentum(0.9f, 0.5f, Momentum.Mode.STANDARD, 0.01f))
            .inputs(RATE, updates(0), f32(3), f32(3), f32(3)),
        OpCase.of(new Momentum(0.9f, 0.5f, Momentum.Mode.NESTEROV, 0.01f))
            .inputs(RATE, updates(2), f32(3), f32(3), f32(3)),
        OpCase.of(new Gradient(List.of("x0"), "x0", List.of("x1"))).inputs(f32(3), f32(2)));
  }

  private static OpCase.Source updates(long count) {
    return data(Tensor.scalar(count));
  }
}
