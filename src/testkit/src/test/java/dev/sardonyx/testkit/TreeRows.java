package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.f32;

import dev.sardonyx.ir.PostTransform;
import dev.sardonyx.ir.Trees;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** {@link Trees}: one tree, x₀ ≤ 0.5 ? (x₁ ≤ 0 ? a : b) : c. */
final class TreeRows {
  private static final List<Long> ZEROS = List.of(0L, 0L, 0L, 0L, 0L);
  private static final List<Long> IDS = List.of(0L, 1L, 2L, 3L, 4L);
  private static final List<Long> FEATURES = List.of(0L, 1L, 0L, 0L, 0L);
  private static final List<Long> TRUE = List.of(1L, 2L, 0L, 0L, 0L);
  private static final List<Long> FALSE = List.of(4L, 3L, 0L, 0L, 0L);
  private static final List<Float> SPLITS = List.of(0.5f, 0f, 0f, 0f, 0f);
  private static final List<String> MODES =
      List.of("BRANCH_LEQ", "BRANCH_LEQ", "LEAF", "LEAF", "LEAF");
  private static final List<Long> LEAVES = List.of(2L, 3L, 4L);

  private TreeRows() {}

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(ensemble()).inputs(f32(5, 2)),
        OpCase.of(regressor()).inputs(f32(5, 2)),
        OpCase.of(classifier(List.of(5L, 6L, 7L), List.of())).inputs(f32(5, 2)),
        OpCase.of(classifier(List.of(), List.of("a", "b", "c"))).inputs(f32(5, 2)));
  }

  private static Trees.TreeEnsemble ensemble() {
    return new Trees.TreeEnsemble(
        1,
        List.of(0L, 1L, 0L),
        Tensor.of(new float[] {1, 2, 3}),
        null,
        2L,
        List.of(1L, 1L),
        List.of(2L, 1L),
        List.of(0L, 1L),
        null,
        List.of(),
        Tensor.from(ElementType.UINT8, new double[] {0, 0}, new long[] {2}),
        Tensor.of(new float[] {0.5f, 0}),
        List.of(0L, 1L),
        List.of(1L, 0L),
        0,
        List.of(0L));
  }

  private static Trees.TreeEnsembleRegressor regressor() {
    return new Trees.TreeEnsembleRegressor(
        Trees.Aggregate.SUM,
        List.of(),
        null,
        2L,
        FALSE,
        FEATURES,
        List.of(),
        null,
        List.of(),
        MODES,
        IDS,
        ZEROS,
        TRUE,
        SPLITS,
        null,
        PostTransform.NONE,
        List.of(0L, 1L, 0L),
        LEAVES,
        List.of(0L, 0L, 0L),
        List.of(1f, 2f, 3f),
        null);
  }

  private static Trees.TreeEnsembleClassifier classifier(List<Long> numbers, List<String> words) {
    return new Trees.TreeEnsembleClassifier(
        List.of(),
        null,
        List.of(0L, 1L, 2L),
        LEAVES,
        List.of(0L, 0L, 0L),
        List.of(1f, 2f, 3f),
        null,
        numbers,
        words,
        FALSE,
        FEATURES,
        List.of(),
        null,
        List.of(),
        MODES,
        IDS,
        ZEROS,
        TRUE,
        SPLITS,
        null,
        PostTransform.SOFTMAX);
  }
}
