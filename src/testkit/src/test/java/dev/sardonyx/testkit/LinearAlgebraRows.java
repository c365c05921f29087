package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.f32;

import dev.sardonyx.ir.LinearAlgebra;
import java.util.List;

/** {@link LinearAlgebra}. */
final class LinearAlgebraRows {
  private LinearAlgebraRows() {}

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(new LinearAlgebra.MatMul()).inputs(f32(2, 3), f32(3, 4)),
        OpCase.of(new LinearAlgebra.MatMul())
            .inputs(f32(5, 2, 3), f32(3, 4))
            .note("batch × matrix"),
        OpCase.of(new LinearAlgebra.MatMul())
            .inputs(f32(5, 1, 2, 3), f32(4, 3, 2))
            .note("broadcast batches"),
        OpCase.of(new LinearAlgebra.MatMul()).inputs(f32(3), f32(3)).note("vector × vector"),
        OpCase.of(new LinearAlgebra.MatMul()).inputs(f32(3), f32(3, 4)).note("vector × matrix"),
        OpCase.of(new LinearAlgebra.MatMul()).inputs(f32(2, 3), f32(3)).note("matrix × vector"),
        OpCase.of(new LinearAlgebra.MatMul()).inputs(f32(3), f32(2, 3, 4)).note("vector × batch"),
        OpCase.of(new LinearAlgebra.MatMul()).inputs(f32(2, 4, 3), f32(3)).note("batch × vector"),
        OpCase.of(new LinearAlgebra.Gemm(1, 1, false, false)).inputs(f32(2, 3), f32(3, 4), f32(4)),
        OpCase.of(new LinearAlgebra.Gemm(1, 1, false, false))
            .inputs(f32(2, 3), f32(3, 4))
            .note("no C"),
        OpCase.of(new LinearAlgebra.Gemm(0.5f, 2, true, false))
            .inputs(f32(3, 2), f32(3, 4), f32(2, 1)),
        OpCase.of(new LinearAlgebra.Gemm(1, 0.5f, false, true)).inputs(f32(2, 3), f32(4, 3), f32()),
        OpCase.of(new LinearAlgebra.Gemm(2, 1, true, true))
            .inputs(f32(3, 2), f32(4, 3), f32(2, 4)));
  }
}
