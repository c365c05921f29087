package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Models whose scores are linear: s = x · coefficientsᵀ + intercepts. */
public sealed interface LinearModels extends MachineLearning {
  /**
   * Transformed scores of samples [N,C]: [N,targets] as float32.
   *
   * @param coefficients those of the first target, then those of the next
   * @param intercepts one for each target; 0 if absent
   */
  @Onnx(since = 1, from = 1, domain = "ai.onnx.ml")
  record LinearRegressor(
      List<Float> coefficients,
      List<Float> intercepts,
      @Default("NONE") PostTransform postTransform,
      @Default("1") long targets)
      implements LinearModels, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      if (targets < 1) {
        throw in.fail("ATTR-004", "has targets=" + targets, "the least it takes is 1");
      }
      Samples.checkCoefficients(in, coefficients.size(), targets);
      if (!intercepts.isEmpty() && intercepts.size() != targets) {
        throw in.fail(
            "ATTR-072",
            "has %s intercepts for %s targets".formatted(intercepts.size(), targets),
            "give one intercept for each target, or none");
      }
      Dim rows = Samples.shape(in, 0).dim(0);
      return List.of(TensorType.of(ElementType.FLOAT32, rows, Dim.of(targets)));
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      if (!e.shape(0).isRanked()) {
        return null;
      }
      Value scores = postTransform.of(linear(e.x(), coefficients, intercepts, targets));
      return scores == null ? null : List.of(scores);
    }
  }

  /**
   * The class of each sample [N,C], [N], and its transformed scores, [N,E] as float32.
   *
   * <p>The class is that of the greatest score. Where there is one score for two classes, the first
   * class has its negative.
   *
   * @param classlabelsInts the classes, if they are numbers
   * @param classlabelsStrings the classes, if they are strings
   * @param coefficients those of the first class, then those of the next
   * @param intercepts one for each class; 0 if absent
   * @param multiClass whether the model was trained on all classes at once; changes nothing here
   */
  @Onnx(since = 1, from = 1, outputs = "Y Z", domain = "ai.onnx.ml")
  record LinearClassifier(
      List<Long> classlabelsInts,
      List<String> classlabelsStrings,
      List<Float> coefficients,
      List<Float> intercepts,
      @Default("0") boolean multiClass,
      @Default("NONE") PostTransform postTransform)
      implements LinearModels, Expandable {
    @Override
    public List<Type> infer(Inference in) {
      String words = "classlabels_strings";
      Alternatives.one(in, words, classlabelsStrings, "classlabels_ints", classlabelsInts);
      if (!intercepts.isEmpty()) {
        Samples.checkCoefficients(in, coefficients.size(), intercepts.size());
      }
      Dim rows = Samples.shape(in, 0).dim(0);
      boolean strings = !classlabelsStrings.isEmpty();
      ElementType label = strings ? ElementType.STRING : ElementType.INT64;
      Dim scores = scores(Samples.shape(in, 0).dim(1));
      return List.of(TensorType.of(label, rows), TensorType.of(ElementType.FLOAT32, rows, scores));
    }

    private int classes() {
      return Math.max(classlabelsInts.size(), classlabelsStrings.size());
    }

    private Dim scores(Dim columns) {
      Dim own =
          !intercepts.isEmpty()
              ? Dim.of(intercepts.size())
              : columns.isFixed() && columns.value() > 0
                  ? Dim.of(coefficients.size() / columns.value())
                  : Dim.UNKNOWN;
      return own.is(1) && classes() == 2 ? Dim.of(2) : own;
    }

    @Override
    public @Nullable List<@Nullable Value> expand(Expansion e) {
      int classes = classes();
      if (!e.shape(0).isRanked() || classes < 2 || intercepts.size() != classes) {
        return null;
      }
      Value scores = postTransform.of(linear(e.x(), coefficients, intercepts, classes));
      if (scores == null) {
        return null;
      }
      Tensor labels =
          classlabelsStrings.isEmpty()
              ? Lookup.longs(classlabelsInts)
              : Tensor.ofStrings(classlabelsStrings);
      Value best = scores.argMax(1, false);
      return Arrays.asList(Value.constant(labels).gather(best, 0), scores);
    }
  }

  private static Value linear(Value x, List<Float> coefficients, List<Float> intercepts, long n) {
    Value rows = Samples.rows(x).cast(PostTransform.ELEMENT);
    Value bias = intercepts.isEmpty() ? null : Samples.row(intercepts);
    return rows.gemm(Samples.matrix(coefficients, n), bias, false, true);
  }
}
