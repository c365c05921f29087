package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.i64;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.Losses.LossReduction;
import dev.sardonyx.ir.Losses.NegativeLogLikelihoodLoss;
import dev.sardonyx.ir.Losses.SoftmaxCrossEntropyLoss;
import java.util.ArrayList;
import java.util.List;

/** Losses. */
final class LossesRows {
  private LossesRows() {}

  static List<OpCase> rows() {
    List<OpCase> rows = new ArrayList<>();
    for (LossReduction reduction : LossReduction.values()) {
      rows.add(
          OpCase.of(new NegativeLogLikelihoodLoss(null, reduction))
              .inputs(f32(4, 3), i64(0, 3, 4)));
      rows.add(
          OpCase.of(new NegativeLogLikelihoodLoss(1L, reduction))
              .inputs(f32(2, 3, 4), i64(0, 3, 2, 4), uniform(0.5, 2, 3))
              .note("weighted"));
      rows.add(
          OpCase.of(new SoftmaxCrossEntropyLoss(null, reduction))
              .inputs(f32(4, 3), i64(0, 3, 4), uniform(0.5, 2, 3))
              .outputs(1)
              .note("weighted"));
      rows.add(
          OpCase.of(new SoftmaxCrossEntropyLoss(-1L, reduction))
              .inputs(f32(2, 3, 2, 4), i64(-1, 3, 2, 2, 4))
              .outputs(2));
    }
    return rows;
  }
}
