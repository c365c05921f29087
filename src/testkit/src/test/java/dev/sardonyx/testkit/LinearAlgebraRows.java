package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.f32;

import dev.sardonyx.ir.LinearAlgebra;
import dev.sardonyx.ir.TensorAlgebra;
import java.util.List;

/** Products and determinants of matrices, and Einstein sums. */
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
        OpCase.of(new LinearAlgebra.Gemm(2, 1, true, true)).inputs(f32(3, 2), f32(4, 3), f32(2, 4)),
        einsum("ij,jk->ik").inputs(f32(2, 3), f32(3, 4)),
        einsum("bij , bjk -> bik").inputs(f32(5, 2, 3), f32(5, 3, 4)),
        einsum("...ij,...jk->...ik").inputs(f32(5, 1, 2, 3), f32(5, 2, 3, 4)),
        einsum("bhqd,bkhd->bhqk").inputs(f32(2, 3, 4, 5), f32(2, 6, 3, 5)),
        einsum("abcd,cdbe->eab").inputs(f32(2, 3, 4, 5), f32(4, 5, 3, 2)),
        einsum("i,j->ij").inputs(f32(2), f32(3)),
        einsum("i,i").inputs(f32(3), f32(3)),
        einsum("ij->ji").inputs(f32(2, 3)),
        einsum("ba").inputs(f32(2, 3)),
        einsum("ij->").inputs(f32(2, 3)),
        einsum("ii").inputs(f32(3, 3)),
        einsum("...ii->...i").inputs(f32(2, 3, 3)),
        einsum("iji,j->i").inputs(f32(3, 2, 3), f32(2)),
        einsum(",ij->ij").inputs(f32(), f32(2, 3)),
        einsum("ij,ik,il->jkl").inputs(f32(2, 3), f32(2, 4), f32(2, 5)),
        einsum("bij,bi,bj->b").inputs(f32(2, 3, 4), f32(2, 3), f32(2, 4)),
        OpCase.of(new TensorAlgebra.Det()).inputs(f32(2, 3, 3)).fixedShapesOnly(BY_MINORS),
        OpCase.of(new TensorAlgebra.Det()).inputs(f32(4, 4)).fixedShapesOnly(BY_MINORS));
  }

  private static final String BY_MINORS = "the gradient needs the number of rows";

  private static OpCase einsum(String equation) {
    return OpCase.of(new TensorAlgebra.Einsum(equation));
  }
}
